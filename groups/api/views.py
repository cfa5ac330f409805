"""The API of groups: the same services as the pages."""

from typing import Any, cast
from uuid import UUID

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import ScopedViewSet
from core.held import holding
from core.permissions import Anyone, Members
from core.preconditions import Conditional
from groups.api.answers import AnswerActions
from groups.api.bases import HIDDEN, REFUSED, SoonestFirst
from groups.api.hosting_events import HostsEvents
from groups.api.keeping import KeepsGroups
from groups.api.serializers import (
    EventInFullSerializer,
    EventSerializer,
    GroupInFullSerializer,
    GroupSerializer,
)
from groups.api.wishes import WISH, wish_of
from groups.details import with_details
from groups.finding import find_events, find_groups
from groups.models import Group
from groups.models.readers import Reader
from groups.outside import seen_from_outside
from groups.queries import alone_seen_by, events_in_full
from groups.services.memberships import join_group, leave_as_member, leave_otherwise
from library.api.serializers import EventReasonSerializer
from library.reasons import reasons_for


class ByStart(SoonestFirst):
    """Soonest first; the nearest first when a place is named."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("square_km", "pk") if request.query_params.get("near") else self.ordering


class ByBirth(ByStart):
    """Newest first; the nearest first when a place is named."""

    ordering = ("-created_at", "-pk")


@extend_schema_view(
    list=extend_schema(operation_id="groups_list", parameters=WISH),
    retrieve=extend_schema(operation_id="groups_retrieve", responses={200: GroupInFullSerializer, **HIDDEN}),
)
class Groups(KeepsGroups, ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Public groups and one's own. Unlisted ones answer to their address alone."""

    permission_classes = [Anyone]
    serializer_class = GroupInFullSerializer
    pagination_class = ByBirth
    lookup_value_converter = "uuid"
    tagged_acts = {*Conditional.tagged_acts, "by_address"}

    def get_serializer_class(self) -> Any:
        return GroupSerializer if self.action == "list" else super().get_serializer_class()

    def get_queryset(self) -> Any:
        viewer, now = self.request.user, clock.now()
        if self.action == "list":
            return find_groups(viewer, wish_of(self.request), now=now)
        return alone_seen_by(viewer, now=now)

    @extend_schema(operation_id="groups_by_address_retrieve", responses={200: GroupInFullSerializer, **HIDDEN})
    @action(detail=False, methods=["get"], url_path="by-address/<str:slug>", url_name="by-address")
    def by_address(self, request: Request, slug: str) -> Response:
        """The group whose page has this address: its `slug`, in any script. The answer has the group's own `ETag`."""
        found = get_object_or_404(self.filter_queryset(self.get_queryset()), slug=slug)
        return Response(self.get_serializer(found).data)

    @extend_schema(operation_id="groups_join", request=None, responses={200: GroupInFullSerializer, **REFUSED})
    @action(detail=True, methods=["post"], permission_classes=[Members])
    def join(self, request: Request, uuid: UUID) -> Response:
        """Become a member of an open group. Joining twice is joining once."""
        with holding():
            group = self.hold_group()
            join_group(group=group, person=cast("User", request.user), now=clock.now())
        return self._as_it_is(uuid)

    @extend_schema(
        operation_id="groups_leave", request=None, responses={200: GroupInFullSerializer, 204: None, **REFUSED}
    )
    @action(detail=True, methods=["post"], permission_classes=[Members])
    def leave(self, request: Request, uuid: UUID) -> Response:
        """Leave, and give back every seat of what is still to come. A private group answers 204: it is hidden now."""
        person = cast("User", request.user)
        with holding():
            coming = leave_as_member(group=uuid, person=person, now=clock.now())
            if coming is None:
                group = self.hold_group()  # the wait for it is over
                coming = leave_otherwise(group=group, person=person, now=clock.now())
        return self._shown(seen_from_outside(coming)) if coming else self._as_it_is(uuid)

    def _as_it_is(self, uuid: UUID) -> Response:
        """Show it as it is now: what was read in the query that waited for its lock may be older than the lock."""
        return self._shown(self.get_queryset().filter(uuid=uuid).first())

    def _shown(self, group: Group | None) -> Response:
        """Show it to who came or left, as far as they may know of it."""
        if group is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(self.get_serializer(group).data)


@extend_schema_view(
    list=extend_schema(operation_id="events_list", parameters=WISH),
    retrieve=extend_schema(operation_id="events_retrieve", responses={200: EventInFullSerializer, **HIDDEN}),
)
class Events(HostsEvents, AnswerActions, ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """What is still to come in public groups and one's own, soonest first."""

    permission_classes = [Anyone]
    serializer_class = EventInFullSerializer
    pagination_class = ByStart
    lookup_value_converter = "uuid"

    def get_serializer_class(self) -> Any:
        return EventSerializer if self.action == "list" else super().get_serializer_class()

    def get_queryset(self) -> Any:
        if self.action == "list":
            return find_events(self._reader, wish_of(self.request), now=clock.now())
        return events_in_full(self.request.user)

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        return with_details(super().paginate_queryset(queryset) or [], self._reader)

    @cached_property
    def _reader(self) -> Reader:
        return Reader.looked_up(self.request.user)

    @extend_schema(operation_id="events_reasons_list", responses={200: EventReasonSerializer(many=True), **HIDDEN})
    @action(detail=True, methods=["get"], pagination_class=None)
    def reasons(self, request: Request, uuid: UUID) -> Response:
        """Why it may help: mechanisms of the library, each with the reason why it is named here."""
        found = reasons_for(request.user, self.get_object().facts)
        return Response(EventReasonSerializer(found, many=True).data)  # type: ignore[arg-type]
