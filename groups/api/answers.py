"""The API of answers: one's own, who is coming, and a host who puts somebody down."""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer, ScopedViewSet
from core.held import holding
from core.pagination import Pages
from core.permissions import Members
from groups.api.bases import HIDDEN, REFUSED, OneEvent, held_event
from groups.api.serializers import AnswerSerializer, NewAnswerSerializer
from groups.models import Event, Rsvp
from groups.models.events import EventQuerySet
from groups.models.outings import MOST_GUESTS
from groups.queries import coming_seen_by, shown_answer
from groups.rules import may
from groups.services.answers import host_adds, join_and_answer
from groups.services.rsvps import rsvp, withdraw


class AnswerActions(OneEvent):
    """One's own answer to an event, under the event's address."""

    @extend_schema(operation_id="events_rsvp_retrieve", responses={200: AnswerSerializer, **HIDDEN})
    @action(detail=True, methods=["get"], permission_classes=[Members])
    def rsvp(self, request: Request, uuid: UUID) -> Response:
        """One's own answer; 404 as long as there is none."""
        mine = shown_answer(self.get_object())
        if mine is None:
            raise Http404
        return Response(AnswerSerializer(mine).data)

    @extend_schema(
        operation_id="events_rsvp_update", request=NewAnswerSerializer, responses={200: AnswerSerializer, **REFUSED}
    )
    @rsvp.mapping.put
    def answer(self, request: Request, uuid: UUID) -> Response:
        """Say going, maybe or can't come. Saying it again changes nothing."""
        form = NewAnswerSerializer(data=request.data)
        joins = form.is_valid() and form.validated_data.pop("joins")
        with holding():
            event = self.hold_event(with_group=joins)
            form.is_valid(raise_exception=True)
            act = join_and_answer if joins else rsvp
            mine = act(event=event, person=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(AnswerSerializer(mine).data)

    @extend_schema(operation_id="events_rsvp_destroy", responses={204: None, **HIDDEN, 409: ProblemSerializer})
    @rsvp.mapping.delete
    def withdraw(self, request: Request, uuid: UUID) -> Response:
        """Forget the answer, and give the seats back. Without an answer nothing happens."""
        with holding():
            withdraw(event=self.hold_event(), person=cast("User", request.user), now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ComingSerializer(PresentedSerializer[Rsvp]):
    """Somebody who comes, or waits (for hosts). Who comes for the first time, hosts and the greeter are told."""

    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person", read_only=True)
    status = serializers.ChoiceField(choices=[Rsvp.Status.GOING, Rsvp.Status.WAITLISTED], read_only=True)
    position = serializers.IntegerField(read_only=True, allow_null=True)
    guests = serializers.IntegerField(read_only=True)
    is_quiet = serializers.BooleanField(read_only=True)
    is_first_time = serializers.SerializerMethodField()

    def get_is_first_time(self, answer: Rsvp) -> bool | None:
        told = self.context["tells_first_times"] or answer.person_id == self.context["request"].user.pk
        return answer.is_first_time if told else None


class PutDownSerializer(serializers.Serializer[Any]):
    person = serializers.UUIDField(help_text="Somebody who takes part in the group.")
    guests = serializers.IntegerField(min_value=0, max_value=MOST_GUESTS, default=0)


class ByAnswered(Pages):
    ordering = ("answered_at", "pk")


class EventAnswers(ScopedViewSet):
    """Who is coming, for people of the group; hosts see the line and quiet answers too."""

    queryset = Rsvp.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    permission_classes = [Members]
    serializer_class = ComingSerializer
    pagination_class = ByAnswered

    def get_queryset(self) -> Any:
        return coming_seen_by(self.request.user, self._event)

    def get_serializer_context(self) -> dict[str, Any]:
        event, viewer = self._event, self.request.user
        tells = may(viewer, "change_event", event) or event.greeter_id == viewer.pk
        return {**super().get_serializer_context(), "tells_first_times": tells}

    @extend_schema(operation_id="events_answers_list", responses={200: ComingSerializer(many=True), **HIDDEN})
    def list(self, request: Request, event: UUID) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="events_answers_create", request=PutDownSerializer, responses={201: ComingSerializer, **REFUSED}
    )
    def create(self, request: Request, event: UUID) -> Response:
        """Put somebody of the group down, as a host. They are told, and may change it like any answer of theirs."""
        with holding():
            self._event = held_event(self._events, event)
            if not may(request.user, "change_event", self._event):
                raise PermissionDenied
            form = PutDownSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            made = host_adds(event=self._event, host=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @cached_property
    def _event(self) -> Event:
        return get_object_or_404(self._events, uuid=self.kwargs["event"])

    @property
    def _events(self) -> EventQuerySet:
        return Event.objects.visible_to(self.request.user).with_role_of(self.request.user)
