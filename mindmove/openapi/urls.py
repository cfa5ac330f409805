"""Pages for whoever writes programs, under `/developers/`."""

from django.urls import path

from mindmove.openapi import pages

app_name = "developers"
urlpatterns = [
    path("api/", pages.reference, name="reference"),
    path("api/<slug:tag>/", pages.room, name="room"),
]
