"""The API of who is in a group and as what; the same services as the pages."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api import PresentedSerializer
from core.held import hold, holding
from core.visibility import get_visible
from groups.api.bases import HIDDEN, REFUSED, MembersViewSet
from groups.models import Group, Membership, Role
from groups.queries import people_looked_after_by, people_met_by
from groups.roles import ByArrival, bans_seen_by
from groups.rules import may
from groups.services.removing import ban_member, lift_ban, remove_member
from groups.services.roles import give_role, hand_over

OF_GROUP = [
    OpenApiParameter("group", UUID, OpenApiParameter.PATH),
    OpenApiParameter("uuid", UUID, OpenApiParameter.PATH),
]


class MembershipSerializer(PresentedSerializer[Membership]):
    """Somebody in a group. `person` is the address of their page."""

    uuid = serializers.UUIDField(read_only=True)
    person = serializers.UUIDField(source="person.uuid", read_only=True)
    name = serializers.CharField(source="person.__str__", read_only=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    is_looking = serializers.BooleanField(read_only=True, help_text="Just looking; told to hosts and to oneself.")
    joined_at = serializers.DateTimeField(read_only=True)


class BanSerializer(PresentedSerializer[Membership]):
    uuid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(source="person.__str__", read_only=True)
    banned_at = serializers.DateTimeField(read_only=True)


class RoleSerializer(serializers.Serializer[Any]):
    needed_in_change = ("role",)
    role = serializers.ChoiceField(choices=Role.choices)


class _OfGroup(MembersViewSet):
    queryset = Membership.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    pagination_class = ByArrival  # type: ignore[assignment]

    @cached_property
    def _group(self) -> Group:
        return get_visible(Group.objects.all(), self.request.user, uuid=self.kwargs["group"])

    def _page(self) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)


class GroupMembers(_OfGroup):
    """Members of a group, for those who are in it; the longest there first."""

    serializer_class = MembershipSerializer

    def get_queryset(self) -> Any:
        return people_looked_after_by(self.person, self._group)

    @extend_schema(operation_id="groups_members_list", responses={200: MembershipSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        return self._page()

    @extend_schema(
        operation_id="groups_members_partial_update",
        parameters=OF_GROUP,
        request=RoleSerializer,
        responses={200: MembershipSerializer, **REFUSED},
    )
    def give_role(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Give a role, or step down from one's own. Owners name owners and hosts; hosts name moderators."""
        with holding():
            found, form = self._found(), RoleSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            values = {"person": found.person, "by": self.person, "now": clock.now(), **form.validated_data}
            changed = give_role(group=found.group, **values)
        return Response(self.get_serializer(changed).data)

    @extend_schema(operation_id="groups_members_destroy", parameters=OF_GROUP, responses={204: None, **REFUSED})
    def remove(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Take somebody out of the group, as a host. They may come back as anybody may, and are not told."""
        return self._put_out(remove_member)

    @extend_schema(
        operation_id="groups_members_ban", parameters=OF_GROUP, request=None, responses={204: None, **REFUSED}
    )
    def ban(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Take somebody out for good, as a host: they no longer see the group, and are not told."""
        return self._put_out(ban_member)

    @extend_schema(
        operation_id="groups_members_hand_over",
        parameters=OF_GROUP,
        request=None,
        responses={200: MembershipSerializer, **REFUSED},
    )
    def hand_over(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Hand the group over to somebody, as an owner, and go on as a host."""
        with holding():
            found = self._found()
            hand_over(group=found.group, to=found.person, by=self.person, now=clock.now())
        found.role = Role.OWNER
        return Response(self.get_serializer(found).data)

    def _put_out(self, put_out: Any) -> Response:
        with holding():
            found = self._found()  # whether they may, the service asks under the lock
            put_out(group=found.group, person=found.person, by=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self) -> Membership:
        """Return who is at the address, with the group, which is held."""
        met = people_met_by(self.person, self.kwargs["group"]).select_for_update(no_key=True, of=("group",))
        found = get_object_or_404(met, uuid=self.kwargs["uuid"])
        hold(found.group)
        return found


class GroupBans(_OfGroup):
    """Who may not come back to a group: for those who host it."""

    serializer_class = BanSerializer

    def get_queryset(self) -> Any:
        return bans_seen_by(self.person, self._hosted)

    @extend_schema(operation_id="groups_bans_list", responses={200: BanSerializer(many=True), **REFUSED})
    def list(self, request: Request, group: UUID) -> Response:
        return self._page()

    @extend_schema(operation_id="groups_bans_destroy", parameters=OF_GROUP, responses={204: None, **REFUSED})
    def lift(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Let somebody come back. They are not told."""
        lift_ban(group=self._hosted, person=self.get_object().person, by=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @cached_property
    def _hosted(self) -> Group:
        group = self._group
        if not may(self.person, "look_after_people", group):
            raise PermissionDenied
        return group


MEMBERS, BANS = "groups/<uuid:group>/members/", "groups/<uuid:group>/bans/"
ONE = f"{MEMBERS}<uuid:uuid>/"
urlpatterns = [
    path(MEMBERS, GroupMembers.as_view({"get": "list"}), name="group-members"),
    path(ONE, GroupMembers.as_view({"patch": "give_role", "delete": "remove"}), name="group-member"),
    path(f"{ONE}ban/", GroupMembers.as_view({"post": "ban"}), name="group-member-ban"),
    path(f"{ONE}hand-over/", GroupMembers.as_view({"post": "hand_over"}), name="group-hand-over"),
    path(BANS, GroupBans.as_view({"get": "list"}), name="group-bans"),
    path(f"{BANS}<uuid:uuid>/", GroupBans.as_view({"delete": "lift"}), name="group-ban"),
]
