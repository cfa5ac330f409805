"""The library's pages, and those among them that bring plans and groups together, which only this room may."""

from django.urls import path

from library import urls as library
from mindmove.start import views

app_name = library.app_name
urlpatterns = [
    *library.urlpatterns,
    path("start/", views.finder, name="finder"),
    path("start/<slug:slug>/", views.answer, name="need"),
]
