"""The API of keeping a group: founding, describing, closing and opening it; the same services as the pages."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ScopedViewSet
from core.held import hold
from core.permissions import Members
from core.preconditions import Conditional
from groups.api.bases import REFUSED
from groups.api.serializers import GroupInFullSerializer
from groups.models import Group
from groups.rules import may
from groups.services.closing import close_as_owner, close_group, reopen_group
from groups.services.groups import change_group, create_group

KEEPING = {"create", "partial_update", "close", "reopen"}


class GroupInput(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    """What its hosts say of a group. Without latitude and longitude it is found by the town that `place` names."""

    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)

    class Meta:
        model = Group
        fields = [
            "name", "kind", "about", "visibility", "join_policy", "place", "time_zone", "languages", "effort",
            "accessibility", "latitude", "longitude",
        ]  # fmt: skip

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if ("latitude" in said) != ("longitude" in said):
            raise serializers.ValidationError("Latitude and longitude go together.")
        return said


class KeepsGroups(Conditional, ScopedViewSet):
    """What people do who found or host a group; a part of the groups of the API."""

    strict_acts = {"partial_update"}
    keeps_key = True

    def get_permissions(self) -> Any:
        return [Members()] if self.action in KEEPING else super().get_permissions()

    @extend_schema(operation_id="groups_create", request=GroupInput, responses={201: GroupInFullSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Found a group, and own it."""
        form = GroupInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        made = create_group(owner=self._person, now=clock.now(), **form.validated_data)
        return Response(self.current(made), status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="groups_partial_update", request=GroupInput, responses={200: GroupInFullSerializer, **REFUSED}
    )
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        """Describe the group anew, as a host. Its address stays."""
        group = self._kept("change_group")
        form = GroupInput(group, data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        change_group(group=group, by=self._person, now=clock.now(), **form.validated_data)
        return Response(self.current(group))

    @extend_schema(operation_id="groups_close", request=None, responses={200: GroupInFullSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def close(self, request: Request, uuid: UUID) -> Response:
        """Close the group, as an owner: what is to come is called off, its people can go on reading. Twice is once."""
        person, now = self._person, clock.now()
        if not close_as_owner(group=uuid, by=person, now=now):
            close_group(group=self._kept("close_group"), by=person, now=now)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(operation_id="groups_reopen", request=None, responses={200: GroupInFullSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, uuid: UUID) -> Response:
        """Open it again, as an owner. What was called off stays called off."""
        group = self._kept("close_group")
        reopen_group(group=group, by=self._person, now=clock.now())
        return Response(self.current(group))

    @property
    def _person(self) -> User:
        return cast("User", self.request.user)

    def hold_group(self) -> Any:
        """Look up the group, lock it in one, and return it; within `holding`."""
        self.acted_on = hold(self.row(is_locked=True))
        return self.acted_on

    def _kept(self, act: str) -> Group:
        group: Group = self.acted_on
        if not may(self._person, act, group):
            raise PermissionDenied
        return group

    def rows_acted_on(self) -> Any:
        return Group.objects.visible_to(self.request.user).with_role_of(self.request.user)
