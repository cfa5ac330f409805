"""Pages of groups and of who is in them."""

from django.urls import path

from groups.views import finding, groups, sharing

fixed = [
    path("", finding.group_list, name="groups"),
    path("events/", finding.event_list, name="events"),
    path("new/", groups.new_group, name="new_group"),
]
urlpatterns = [
    path("<str:slug>/", groups.group, name="group"),
    path("<str:slug>/join/", groups.join, name="join"),
    path("<str:slug>/leave/", groups.leave, name="leave"),
    path("<str:slug>/plans/share/", sharing.share, name="share_plan"),
    path("<str:slug>/plans/<uuid:uuid>/take-back/", sharing.take_back, name="take_back_plan"),
]
