"""Pages. Addresses of groups may be in any script, so they are matched as strings."""

from django.urls import path

from groups.views import events, groups, sharing

app_name = "groups"
urlpatterns = [
    path("", groups.group_list, name="groups"),
    path("new/", groups.new_group, name="new_group"),
    path("<str:slug>/", groups.group, name="group"),
    path("<str:slug>/join/", groups.join, name="join"),
    path("<str:slug>/leave/", groups.leave, name="leave"),
    path("<str:slug>/plans/share/", sharing.share, name="share_plan"),
    path("<str:slug>/plans/<uuid:uuid>/take-back/", sharing.take_back, name="take_back_plan"),
    path("<str:slug>/events/new/", events.new_event, name="new_event"),
    path("<str:slug>/events/<uuid:uuid>/", events.event, name="event"),
    path("<str:slug>/events/<uuid:uuid>/rsvp/", events.answer, name="rsvp"),
    path("<str:slug>/events/<uuid:uuid>/edit/", events.edit_event, name="edit_event"),
    path("<str:slug>/events/<uuid:uuid>/cancel/", events.cancel, name="cancel_event"),
]
