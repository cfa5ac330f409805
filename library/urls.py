"""Pages. `mindmove/start/urls.py` adds those that also speak of plans and groups."""

from django.urls import path

from library.views import dose, library, safety, search

app_name = "library"
urlpatterns = [
    path("", library.domain_list, name="domain_list"),
    path("map/", library.mechanism_map, name="map"),
    path("mechanisms/<slug:slug>/", library.mechanism, name="mechanism"),
    path("mechanisms/<slug:slug>/picture.png", library.mechanism_picture, name="mechanism_picture"),
    path("search/", search.search, name="search"),
    path("exercise/", library.exercise_types, name="exercise_types"),
    path("exercise/<slug:slug>/", library.exercise_type, name="exercise_type"),
    path("dose/", dose.dose_of_a_week, name="dose"),
    path("sources/", library.sources, name="sources"),
    path("get-help/", safety.get_help, name="get_help"),
    path("safety/", safety.safety, name="safety"),
]
