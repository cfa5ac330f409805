"""The API of hosting: who was there, who answered, a word to them, the same again."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer, ScopedViewSet
from core.errors import InvalidInput
from core.held import hold, holding
from core.pagination import Pages
from core.permissions import Members
from core.visibility import get_still
from groups.api.bases import HIDDEN, REFUSED, held_event
from groups.api.serializers import EventInFullSerializer
from groups.copying import fields_of
from groups.models import Attendance, Event, HostMessage, Rsvp
from groups.models.events import EventQuerySet
from groups.participants import messages_seen_by, people_at
from groups.queries import events_in_full
from groups.rules import may
from groups.services import attendance
from groups.services.events import create_event
from groups.services.host_messages import lock_author, write_to_participants

TOO_MUCH = {**REFUSED, 429: ProblemSerializer}
NOBODY = AnonymousUser()


class PresenceSerializer(PresentedSerializer[Attendance], serializers.ModelSerializer[Attendance]):
    """Somebody was there. There is no entry for who was not."""

    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person", read_only=True)

    class Meta:
        model = Attendance
        fields = ["uuid", "person", "name", "is_said_by_host", "created_at"]
        read_only_fields = fields


class NotedSerializer(serializers.Serializer[Any]):
    """Only what changes: two hosts at once do not undo each other. What somebody said themselves stays."""

    came = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)
    taken_back = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)


class ParticipantSerializer(PresentedSerializer[Rsvp], serializers.ModelSerializer[Rsvp]):
    """One answer as hosts see it. Please do not show names of quiet ones to others."""

    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person", read_only=True)
    position = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Rsvp
        fields = ["uuid", "person", "name", "status", "position", "guests", "is_quiet", "is_first_time", "answered_at"]
        read_only_fields = fields


class HostMessageSerializer(PresentedSerializer[HostMessage], serializers.ModelSerializer[HostMessage]):
    class Meta:
        model = HostMessage
        fields = ["uuid", "text", "is_for_line", "created_at"]
        read_only_fields = ["uuid", "created_at"]


class EventCopySerializer(serializers.Serializer[Any]):
    """When the new one starts. All else is as it was, the length too."""

    starts_at = serializers.DateTimeField()


class Newest(Pages):
    ordering = ("-created_at", "-pk")


class InOrder(Pages):
    ordering = ("answered_at", "pk")


class OfEvent(ScopedViewSet):
    """What hangs on one event that the caller may see."""

    permission_classes = [Members]

    @cached_property
    def event(self) -> Event:
        return get_object_or_404(self._events, uuid=self.kwargs["event"])

    def hold_event(self) -> None:
        """Have the event held from now on."""
        self.event = held_event(self._events, self.kwargs["event"])

    @property
    def _events(self) -> EventQuerySet:
        return Event.objects.visible_to(self.request.user).with_role_of(self.request.user).select_related("group")

    @property
    def person(self) -> User:
        return cast("User", self.request.user)

    def permit(self, act: str) -> Event:
        """Return the event for somebody who may do `act` to it."""
        if not may(self.request.user, act, self.event):
            raise PermissionDenied
        return self.event

    def _page(self) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class EventAttendance(OfEvent):
    queryset = Attendance.objects.visible_to(NOBODY)
    serializer_class = PresenceSerializer
    pagination_class = Newest

    def get_queryset(self) -> Any:
        return Attendance.objects.visible_to(self.person).filter(event=self.event).select_related("person")

    @extend_schema(operation_id="events_attendance_list", responses={200: PresenceSerializer(many=True), **HIDDEN})
    def list(self, request: Request, event: UUID) -> Response:
        """Whether one was there oneself; for hosts, all who were."""
        return self._page()

    @extend_schema(operation_id="events_attendance_update", request=None, responses={204: None, **REFUSED})
    def say(self, request: Request, event: UUID) -> Response:
        """Say that one was there, once the event has begun."""
        attendance.was_there(event=self.permit("attend_event"), person=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="events_attendance_destroy", responses={204: None, **HIDDEN})
    def take_back(self, request: Request, event: UUID) -> Response:
        """Take it back, whoever said so."""
        attendance.take_back(event=self.event, person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="events_attendance_note", request=NotedSerializer, responses={204: None, **REFUSED})
    def note(self, request: Request, event: UUID) -> Response:
        """Say as a host who came, people without an answer too."""
        found = self.permit("note_attendance")
        form = NotedSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = {name: self._people(name, form.validated_data[name]) for name in ("came", "taken_back")}
        attendance.note_attendance(event=found, host=self.person, now=clock.now(), **said)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _people(self, field: str, wanted: Sequence[UUID]) -> Sequence[User]:
        if not set(wanted) <= self._known.keys():
            raise InvalidInput("not_of_the_group", attendance.NOT_OF_THE_GROUP, field=field)
        return [self._known[uuid] for uuid in dict.fromkeys(wanted)]

    @cached_property
    def _known(self) -> dict[UUID, User]:
        """Return uuid → those of the group, and of who answered, whom the host may know of."""
        return {person.uuid: person for person in people_at(self.person, self.event)}


class EventParticipants(OfEvent):
    queryset = Rsvp.objects.visible_to(NOBODY)
    serializer_class = ParticipantSerializer
    pagination_class = InOrder

    def get_queryset(self) -> Any:
        answers = Rsvp.objects.visible_to(self.person).filter(event=self.event)
        return answers.with_position().select_related("person")

    @extend_schema(
        operation_id="events_participants_list",
        responses={200: ParticipantSerializer(many=True), 403: ProblemSerializer, **HIDDEN},
    )
    def list(self, request: Request, event: UUID) -> Response:
        """Who answered, for hosts: first come first."""
        self.permit("see_participants")
        return self._page()


class EventMessages(OfEvent):
    queryset = HostMessage.objects.visible_to(NOBODY)
    serializer_class = HostMessageSerializer
    pagination_class = Newest

    def get_queryset(self) -> Any:
        return messages_seen_by(self.person, self.event)

    @extend_schema(operation_id="events_messages_list", responses={200: HostMessageSerializer(many=True), **HIDDEN})
    def list(self, request: Request, event: UUID) -> Response:
        """What the hosts wrote to those who come, as far as it is for the caller."""
        return self._page()

    @extend_schema(
        operation_id="events_messages_create",
        request=HostMessageSerializer,
        responses={201: HostMessageSerializer, **TOO_MUCH},
    )
    def create(self, request: Request, event: UUID) -> Response:
        """Write to those who come, as a host. A few a day at most."""
        with holding():
            author = hold(lock_author(self.person))
            self.hold_event()
            found = self.permit("write_to_participants")
            form = HostMessageSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            made = write_to_participants(event=found, author=author, now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class EventCopies(OfEvent):
    queryset = Event.objects.visible_to(NOBODY)
    serializer_class = EventInFullSerializer

    @extend_schema(
        operation_id="events_copies_create",
        request=EventCopySerializer,
        responses={201: EventInFullSerializer, **REFUSED},
    )
    def create(self, request: Request, event: UUID) -> Response:
        """Plan the same again at another time, as a host."""
        found = self.permit("create_event")
        form = EventCopySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        starts_at = form.validated_data["starts_at"]
        times = {"starts_at": starts_at, "ends_at": starts_at + found.duration}
        said = {**fields_of(found), **times}
        made = create_event(group=found.group, now=clock.now(), by=self.person, **said)
        seen = get_still(events_in_full(self.person), made)
        return Response(self.get_serializer(seen).data, status=status.HTTP_201_CREATED)
