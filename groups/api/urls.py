"""API routes."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from groups.api import feed_urls, members, together_urls, ways_urls
from groups.api.answers import EventAnswers
from groups.api.blocks import Blocks, OneBlock
from groups.api.calendar import CalendarFeedView, EventFileView
from groups.api.hosting import EventAttendance, EventCopies, EventMessages, EventParticipants
from groups.api.hosting_events import AllSeries, GroupEvents
from groups.api.people import PersonView
from groups.api.sharing import GroupPlans
from groups.api.views import Events, Groups

router = SimpleRouter(use_regex_path=False)
router.register("groups", Groups, basename="api-groups")
router.register("events", Events, basename="api-events")
router.register("series", AllSeries, basename="api-series")
urlpatterns = [
    *router.urls,
    *feed_urls.urlpatterns,
    path("groups/<uuid:group>/events/", GroupEvents.as_view({"get": "list", "post": "create"}), name="group-events"),
    path("groups/<uuid:group>/series/", GroupEvents.as_view({"post": "start"}), name="group-series"),
    path("events/<uuid:event>/answers/", EventAnswers.as_view({"get": "list", "post": "create"}), name="event-answers"),
    path("people/<uuid:uuid>/", PersonView.as_view(), name="person"),
    path("blocks/", Blocks.as_view(), name="api-blocks"),
    path("blocks/<uuid:uuid>/", OneBlock.as_view(), name="api-block"),
    path("groups/<uuid:group>/plans/", GroupPlans.as_view({"get": "list", "post": "create"}), name="group-plans"),
    path("groups/<uuid:group>/plans/<uuid:uuid>/", GroupPlans.as_view({"delete": "destroy"}), name="group-plan"),
    *members.urlpatterns,
    *together_urls.urlpatterns,
    path("events/<uuid:uuid>/event.ics", EventFileView.as_view(), name="event-file"),
    path("calendar-feed/", CalendarFeedView.as_view(), name="calendar-feed"),
    path(
        "events/<uuid:event>/attendance/",
        EventAttendance.as_view({"get": "list", "put": "say", "delete": "take_back", "post": "note"}),
        name="event-attendance",
    ),
    path("events/<uuid:event>/participants/", EventParticipants.as_view({"get": "list"}), name="event-participants"),
    path(
        "events/<uuid:event>/messages/", EventMessages.as_view({"get": "list", "post": "create"}), name="event-messages"
    ),
    path("events/<uuid:event>/copies/", EventCopies.as_view({"post": "create"}), name="event-copies"),
    *ways_urls.urlpatterns,
]
