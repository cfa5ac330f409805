"""Pages."""

from django.urls import path

from library.views import library, safety, start

app_name = "library"
urlpatterns = [
    path("", library.domain_list, name="domain_list"),
    path("map/", library.mechanism_map, name="map"),
    path("mechanisms/<slug:slug>/", library.mechanism, name="mechanism"),
    path("mechanisms/<slug:slug>/picture.png", library.mechanism_picture, name="mechanism_picture"),
    path("exercise/", library.exercise_types, name="exercise_types"),
    path("sources/", library.sources, name="sources"),
    path("start/", start.finder, name="finder"),
    path("start/<slug:slug>/", start.need, name="need"),
    path("get-help/", safety.get_help, name="get_help"),
    path("safety/", safety.safety, name="safety"),
]
