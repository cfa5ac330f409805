"""The API of hosting: planning, changing and calling off events and series; the same services as the pages."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import ProblemSerializer, ScopedViewSet
from core.held import hold, holding
from core.permissions import Anyone, Members
from core.preconditions import Conditional
from core.visibility import get_still, get_visible
from groups.api.bases import OneEvent
from groups.api.hosting_inputs import (
    EventInput,
    NewSeriesInput,
    SeriesChange,
    SeriesChangedSerializer,
    SeriesSerializer,
    SinceInput,
)
from groups.api.serializers import EventSerializer
from groups.meetings import series_seen_by
from groups.models import Event, Group
from groups.queries import events_seen_by
from groups.rules import may
from groups.services.events import cancel_event, change_event, create_event
from groups.services.following import change_series
from groups.services.memberships import lock_group_of_series
from groups.services.series import cancel_series, confirm_series, start_series

REFUSED = {400: ProblemSerializer, 403: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class HostsEvents(Conditional, OneEvent):
    """What hosts do to one event; a part of the events of the API."""

    strict_acts = {"partial_update"}
    keeps_key = True

    def get_permissions(self) -> Any:
        return [Members()] if self.action in {"partial_update", "cancel"} else super().get_permissions()

    def rows_acted_on(self) -> Any:
        events = Event.objects.visible_to(self.request.user).with_role_of(self.request.user)
        return events.select_related("group")

    @extend_schema(
        operation_id="events_partial_update", request=EventInput, responses={200: EventSerializer, **REFUSED}
    )
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        """Change one event. An occurrence of a series stays as it is from then on; whoever answered hears of moves."""
        event = _hosted(self, "change_event")
        form = EventInput(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        change_event(event=event, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(operation_id="events_cancel", request=None, responses={200: EventSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uuid: UUID) -> Response:
        """Call one event off, and tell everybody who answered. Twice is once."""
        with holding():
            self.acted_on = hold(self.row(is_locked=True))
            cancel_event(event=_hosted(self, "cancel_event"), now=clock.now(), by=cast("User", request.user))
        return Response(self.get_serializer(self.get_object()).data)


class GroupEvents(ScopedViewSet):
    """Planning in a group, for those who host it."""

    permission_classes = [Members]

    def get_queryset(self) -> Any:
        return events_seen_by(self.request.user)

    @extend_schema(operation_id="groups_events_create", request=EventInput, responses={201: EventSerializer, **REFUSED})
    def create(self, request: Request, group: UUID) -> Response:
        """Plan one event."""
        found = _hosted_group(request, group)
        form = EventInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        made = create_event(group=found, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        shown = get_still(events_seen_by(request.user), made)
        return Response(EventSerializer(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="groups_series_create", request=NewSeriesInput, responses={201: SeriesSerializer, **REFUSED}
    )
    def start(self, request: Request, group: UUID) -> Response:
        """Plan what recurs. Its events are made eight weeks ahead."""
        found = _hosted_group(request, group)
        form = NewSeriesInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        made = start_series(group=found, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        shown = get_still(series_seen_by(request.user), made)
        return Response(SeriesSerializer(shown).data, status=status.HTTP_201_CREATED)


class AllSeries(Conditional, RetrieveModelMixin, ScopedViewSet):
    """A series: reading it for whoever sees its group, the rest for those who host it."""

    permission_classes = [Anyone]
    serializer_class = SeriesSerializer
    lookup_value_converter = "uuid"
    tagged_acts = {"retrieve"}  # a change answers with what it did, perhaps to a series that follows
    strict_acts = {"partial_update"}
    keeps_key = True

    def get_queryset(self) -> Any:
        return series_seen_by(self.request.user)

    def rows_acted_on(self) -> Any:
        return self.get_queryset().with_role_of(self.request.user)

    def row(self, *, is_locked: bool = False) -> Any:
        group = lock_group_of_series(self.kwargs["uuid"]) if is_locked else None  # before the series, as everywhere
        series = super().row(is_locked=is_locked)
        if group is not None:
            series.group = hold(group)
        return series

    def get_permissions(self) -> Any:
        return super().get_permissions() if self.action == "retrieve" else [Members()]

    @extend_schema(
        operation_id="series_partial_update", request=SeriesChange, responses={200: SeriesChangedSerializer, **REFUSED}
    )
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        """Change it from a day on. Answers stay with their events; each person gets one message about what moved."""
        series = self._hosted()
        SinceInput(data=request.data).is_valid(raise_exception=True)
        form = SeriesChange(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        outcome = change_series(series=series, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        shown: Any = outcome.series
        shown.is_followed = series.is_followed  # what came after the old one comes after the new one
        counts = {name: len(getattr(outcome, name)) for name in ("changed", "moved", "kept")}
        body = {"series": shown, **counts, "removed": outcome.removed, "made": outcome.made}
        return Response(SeriesChangedSerializer(body).data)

    @extend_schema(operation_id="series_cancel", request=SinceInput, responses={200: SeriesSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uuid: UUID) -> Response:
        """Call off what is to come from a day on."""
        form = SinceInput(data=request.data)
        series = self._hosted()
        form.is_valid(raise_exception=True)
        run: Any = cancel_series(series=series, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        ended, *after = run.series
        ended.is_followed = bool(after)
        return Response(self.get_serializer(ended).data)

    @extend_schema(operation_id="series_confirm", request=None, responses={200: SeriesSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, uuid: UUID) -> Response:
        """Let it go on for another half year."""
        kept: Any = confirm_series(series=self._hosted(), now=clock.now(), by=cast("User", request.user))
        kept.is_followed = False  # or it would not go on
        return Response(self.get_serializer(kept).data)

    def _hosted(self) -> Any:
        series = self.acted_on
        if not may(cast("User", self.request.user), "create_event", series):
            raise PermissionDenied
        return series


def _hosted(view: HostsEvents, act: str) -> Event:
    event: Event = view.acted_on
    if not may(cast("User", view.request.user), act, event):
        raise PermissionDenied
    return event


def _hosted_group(request: Request, uuid: UUID) -> Group:
    group = get_visible(Group.objects.with_role_of(request.user), request.user, uuid=uuid)
    if not may(request.user, "create_event", group):
        raise PermissionDenied
    return group
