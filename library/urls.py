"""Pages."""

from django.urls import path

from library.views import library, marks, safety, start

app_name = "library"
urlpatterns = [
    path("", library.domain_list, name="domain_list"),
    path("mechanisms/<slug:slug>/", library.mechanism, name="mechanism"),
    path("exercise/", library.exercise_types, name="exercise_types"),
    path("sources/", library.sources, name="sources"),
    path("start/", start.finder, name="finder"),
    path("start/<slug:slug>/", start.need, name="need"),
    path("mine/", marks.mine, name="mine"),
    path("mine/<slug:kind>/<slug:slug>/", marks.mark, name="mark"),
    path("get-help/", safety.get_help, name="get_help"),
    path("get-help/region/", safety.remember_region, name="remember_region"),
    path("offline/", safety.offline, name="offline"),
    path("safety/", safety.safety, name="safety"),
]
