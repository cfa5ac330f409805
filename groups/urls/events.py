"""Pages of events."""

from django.urls import path

from groups.views import events

urlpatterns = [
    path("<str:slug>/events/new/", events.new_event, name="new_event"),
    path("<str:slug>/events/<uuid:uuid>/", events.event, name="event"),
    path("<str:slug>/events/<uuid:uuid>/edit/", events.edit_event, name="edit_event"),
    path("<str:slug>/events/<uuid:uuid>/cancel/", events.cancel, name="cancel_event"),
]
