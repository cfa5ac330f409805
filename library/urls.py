"""Pages. `mindmove/start/urls.py` adds those that also speak of plans and groups."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from library.views import citing, dose, library, marks, safety, search


class CitationFormat(StringConverter):
    """`bib` for BibTeX, `ris` for everything else that keeps references."""

    regex = "bib|ris"


register_converter(CitationFormat, "citation")

app_name = "library"
urlpatterns = [
    path("", library.domain_list, name="domain_list"),
    path("map/", library.mechanism_map, name="map"),
    path("mechanisms/<slug:slug>/", library.mechanism, name="mechanism"),
    path("mechanisms/<slug:slug>/picture.png", library.mechanism_picture, name="mechanism_picture"),
    path("search/", search.search, name="search"),
    path("mechanisms/<slug:slug>/sources.<citation:form>", citing.sources_of_page, name="cite_sources"),
    path("mechanisms/<slug:slug>/page.<citation:form>", citing.page, name="cite_page"),
    path("exercise/", library.exercise_types, name="exercise_types"),
    path("exercise/<slug:slug>/", library.exercise_type, name="exercise_type"),
    path("dose/", dose.dose_of_a_week, name="dose"),
    path("sources/", library.sources, name="sources"),
    path("sources/<slug:key>.<citation:form>", citing.source, name="cite_source"),
    path("mine/", marks.mine, name="mine"),
    path("mine/<slug:kind>/<slug:slug>/", marks.mark, name="mark"),
    path("get-help/", safety.get_help, name="get_help"),
    path("get-help/region/", safety.remember_region, name="remember_region"),
    path("offline/", safety.offline, name="offline"),
    path("safety/", safety.safety, name="safety"),
]
