"""The API of hosting: planning, changing and calling off events and series; the same services as the pages.

What is planned in a group or a series is read here as well.
"""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import ScopedViewSet
from core.errors import DomainError, NotPermitted
from core.held import hold, holding
from core.permissions import Anyone, Members
from core.preconditions import Conditional
from core.visibility import get_still
from groups.api.bases import HIDDEN, REFUSED, OneEvent, SoonestFirst
from groups.api.hosting_inputs import (
    EventChange,
    EventInput,
    ImpactSerializer,
    NewSeriesInput,
    SeriesChange,
    SeriesChangedSerializer,
    SeriesSerializer,
    SinceInput,
)
from groups.api.serializers import EventInFullSerializer, EventSerializer
from groups.meetings import coming_in, coming_of, impact_of, series_in_full
from groups.models import Event, Group
from groups.models.events import EventQuerySet
from groups.queries import events_in_full, events_seen_by
from groups.rules import may
from groups.services.events import cancel_event, change_event, create_event
from groups.services.following import change_series, require_day_of
from groups.services.series import cancel_series, confirm_series, start_series


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
        operation_id="events_partial_update", request=EventInput, responses={200: EventInFullSerializer, **REFUSED}
    )
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        """Change one event. An occurrence of a series stays as it is from then on; whoever answered hears of moves."""
        event = _hosted(self, "change_event")
        form = EventChange(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        try:
            change_event(event=event, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        except DomainError as error:
            if not isinstance(error, NotPermitted):
                form.look_for_greeter()
            raise
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(operation_id="events_cancel", request=None, responses={200: EventInFullSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uuid: UUID) -> Response:
        """Call one event off, and tell everybody who answered. Twice is once."""
        with holding():
            self.acted_on = hold(self.row(is_locked=True))
            cancel_event(event=_hosted(self, "cancel_event"), now=clock.now(), by=cast("User", request.user))
        return Response(self.get_serializer(self.get_object()).data)


class GroupEvents(ScopedViewSet):
    """What a group plans: reading it for whoever sees the group, planning for those who host it."""

    permission_classes = [Anyone]
    serializer_class = EventSerializer
    pagination_class = SoonestFirst

    def get_permissions(self) -> Any:
        return super().get_permissions() if self.action == "list" else [Members()]

    def get_queryset(self) -> Any:
        return events_in_full(self.request.user)

    @extend_schema(operation_id="groups_events_list", responses={200: EventSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        """All that is still to come in one group, soonest first: of a series each meeting, of what is called off none.

        An unlisted group tells it to whoever has its address, like its page.
        """
        found = get_object_or_404(Group.objects.visible_to(request.user), uuid=group)
        return page_of_events(self, coming_in(events_seen_by(request.user), found, now=clock.now()))

    @extend_schema(
        operation_id="groups_events_create", request=EventInput, responses={201: EventInFullSerializer, **REFUSED}
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Plan one event."""
        found = _hosted_group(request, group)
        form = EventInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        made = create_event(group=found, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        shown = get_still(events_in_full(request.user), made)
        return Response(EventInFullSerializer(shown).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="groups_series_create", request=NewSeriesInput, responses={201: SeriesSerializer, **REFUSED}
    )
    def start(self, request: Request, group: UUID) -> Response:
        """Plan what recurs. Its events are made eight weeks ahead."""
        with holding():
            found = hold(_hosted_group(request, group, is_locked=True))
            form = NewSeriesInput(data=request.data, context=self.get_serializer_context())
            form.is_valid(raise_exception=True)
            made = start_series(group=found, now=clock.now(), by=cast("User", request.user), **form.validated_data)
            shown = get_still(series_in_full(request.user), made)
        return Response(
            SeriesSerializer(shown, context=self.get_serializer_context()).data, status=status.HTTP_201_CREATED
        )


class AllSeries(Conditional, RetrieveModelMixin, ScopedViewSet):
    """A series: reading it for whoever sees its group, the rest for those who host it."""

    permission_classes = [Anyone]
    serializer_class = SeriesSerializer
    lookup_value_converter = "uuid"
    tagged_acts = {"retrieve"}  # a change answers with what it did, perhaps to a series that follows
    strict_acts = {"partial_update"}
    keeps_key = True

    def get_queryset(self) -> Any:
        return series_in_full(self.request.user)

    def lock(self, rows: Any) -> Any:
        return rows.select_for_update(no_key=True, of=("group", "self"))  # in the order of their names, as everywhere

    def row(self, *, is_locked: bool = False) -> Any:
        series = super().row(is_locked=is_locked)
        if is_locked:
            hold(series.group)
        return series

    def get_permissions(self) -> Any:
        return super().get_permissions() if self.action in {"retrieve", "events"} else [Members()]

    @extend_schema(operation_id="series_events_list", responses={200: EventSerializer(many=True), **HIDDEN})
    @action(detail=True, methods=["get"], serializer_class=EventSerializer, pagination_class=SoonestFirst)
    def events(self, request: Request, uuid: UUID) -> Response:
        """What is still to come of the series, soonest first; what is called off says so in its `status`."""
        events = events_seen_by(request.user)
        return page_of_events(self, coming_of(events, self.get_object(), now=clock.now()))

    @extend_schema(
        operation_id="series_impact_retrieve",
        parameters=[SinceInput],
        responses={200: ImpactSerializer, **REFUSED},
    )
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, uuid: UUID) -> Response:
        """What a change from a day on would touch, for those who host it. Nothing is changed by asking."""
        series, form = self._hosted(), SinceInput(data=request.query_params)
        form.is_valid(raise_exception=True)
        since, now = form.validated_data["since"], clock.now()
        require_day_of(series, since, now=now)
        return Response(ImpactSerializer(impact_of(request.user, series, since=since, now=now)).data)

    @extend_schema(
        operation_id="series_partial_update", request=SeriesChange, responses={200: SeriesChangedSerializer, **REFUSED}
    )
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        """Change it from a day on. Answers stay with their events; each person gets one message about what moved."""
        series = self._hosted()
        SinceInput(data=request.data).is_valid(raise_exception=True)
        form = SeriesChange(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        try:
            outcome = change_series(
                series=series, now=clock.now(), by=cast("User", request.user), **form.validated_data
            )
        except DomainError as error:
            if not isinstance(error, NotPermitted):
                form.look_for_greeter()
            raise
        shown = self._as_read(outcome.series, is_followed=outcome.is_followed, beside=outcome.beside)
        counts = {name: len(getattr(outcome, name)) for name in ("changed", "moved", "kept")}
        body = {"series": shown, **counts, "removed": outcome.removed, "made": outcome.made}
        return Response(SeriesChangedSerializer(body, context=self.get_serializer_context()).data)

    @extend_schema(operation_id="series_cancel", request=SinceInput, responses={200: SeriesSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, uuid: UUID) -> Response:
        """Call off what is to come from a day on."""
        form = SinceInput(data=request.data)
        series = self._hosted()
        form.is_valid(raise_exception=True)
        run = cancel_series(series=series, now=clock.now(), by=cast("User", request.user), **form.validated_data)
        ended, *after = run.series
        return Response(self.get_serializer(self._as_read(ended, is_followed=bool(after), beside=series)).data)

    @extend_schema(operation_id="series_confirm", request=None, responses={200: SeriesSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, uuid: UUID) -> Response:
        """Let it go on for another half year."""
        series = self._hosted()
        kept = confirm_series(series=series, now=clock.now(), by=cast("User", request.user))
        shown = self._as_read(kept, is_followed=False, beside=series)  # followed, it would not go on
        return Response(self.get_serializer(shown).data)

    def _as_read(self, series: Any, *, is_followed: bool, beside: Any) -> Any:
        """Return a series that was changed as `series_in_full` has it, with what that row has `beside` it."""
        series.is_followed = is_followed
        series.greeter_uuid, series.greeter_name = beside.greeter_uuid, beside.greeter_name
        series.asked_for, series.asked_role = beside.asked_for, beside.asked_role
        return series

    def _hosted(self) -> Any:
        series = self.acted_on
        if not may(cast("User", self.request.user), "create_event", series):
            raise PermissionDenied
        return series


def page_of_events(view: ScopedViewSet, events: EventQuerySet) -> Response:
    """Answer with the page of the events that is asked for."""
    page = view.paginate_queryset(view.filter_queryset(events))
    return view.get_paginated_response(view.get_serializer(page, many=True).data)


def _hosted(view: HostsEvents, act: str) -> Event:
    event: Event = view.acted_on
    if not may(cast("User", view.request.user), act, event):
        raise PermissionDenied
    return event


def _hosted_group(request: Request, uuid: UUID, *, is_locked: bool = False) -> Group:
    groups = Group.objects.visible_to(request.user).with_role_of(request.user)
    if is_locked:
        groups = groups.select_for_update(no_key=True, of=("self",))
    group: Group = get_object_or_404(groups, uuid=uuid)
    if not may(request.user, "create_event", group):
        raise PermissionDenied
    return group
