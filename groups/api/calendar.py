"""The API of calendars: one event as a file, and one's own feed."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.json_output import JSONOutput
from core.permissions import Anyone, Members
from core.visibility import get_visible
from groups.calendars import address_of, file_of
from groups.models import CalendarFeed, Event
from groups.services.calendar_feeds import make_feed, stop_feed


class CalendarFile(JSONOutput):
    """For whoever takes calendar files alone: the view writes them itself, and what it refuses is said in JSON."""

    media_type = "text/calendar"
    format = "ics"


class EventFileView(APIView):
    permission_classes = [Anyone]
    renderer_classes = [CalendarFile, JSONOutput]

    @extend_schema(
        operation_id="events_file_retrieve",
        tags=["events"],
        responses={(200, "text/calendar"): OpenApiTypes.STR, 404: ProblemSerializer},
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The event for a calendar program (RFC 5545), with what the caller said to it."""
        found = get_visible(Event.objects.select_related("group"), request.user, uuid=uuid)
        return HttpResponse(file_of(request.user, found), content_type="text/calendar; charset=utf-8")


class FeedSerializer(PresentedSerializer[Any]):
    """`made_at` is None as long as there is none. The address itself is told once, when it is made."""

    made_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewFeedSerializer(serializers.Serializer[Any]):
    address = serializers.URLField(read_only=True)


class CalendarFeedView(APIView):
    permission_classes = [Members]
    is_closed_to_tokens = True  # no credential makes another

    @extend_schema(operation_id="calendar_feed_retrieve", tags=["calendar"], responses={200: FeedSerializer})
    def get(self, request: Request) -> Response:
        """Whether there is a secret address at which calendar programs read one's meetings."""
        feed = CalendarFeed.objects.visible_to(request.user).first()
        return Response(FeedSerializer({"made_at": feed.made_at if feed else None}).data)

    @extend_schema(
        operation_id="calendar_feed_create", tags=["calendar"], request=None, responses={201: NewFeedSerializer}
    )
    def post(self, request: Request) -> Response:
        """Make the address, or a new one that ends the old. This answer is the only place where it can be read."""
        token = make_feed(person=cast("User", request.user), now=clock.now())
        return Response({"address": address_of(token)}, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="calendar_feed_destroy", tags=["calendar"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """End it; the address answers no more."""
        stop_feed(person=cast("User", request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)
