"""The API of plans that a group shares."""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ScopedViewSet
from core.held import holding
from core.permissions import Members
from core.visibility import get_still, get_visible
from groups.api.bases import HIDDEN, UNFIT, held_group
from groups.models import Group, PlanShare
from groups.services.sharing import share_plan, take_back
from groups.sharing import shares_seen_by
from plans.api.inputs import SlugField
from plans.models import PlanTemplate


class PlanShareSerializer(PresentedSerializer[PlanShare]):
    """A plan as a member shares it. `shared_by` is the name that members see."""

    uuid = serializers.UUIDField(read_only=True)
    template = serializers.SlugField(source="template.slug", read_only=True)
    title = serializers.CharField(source="template.title", read_only=True)
    goal = serializers.CharField(source="template.goal", read_only=True)
    weeks = serializers.IntegerField(source="template.weeks", read_only=True)
    shared_by = serializers.CharField(read_only=True)
    is_mine = serializers.SerializerMethodField()
    is_followed = serializers.BooleanField(read_only=True, help_text="Whether I follow a copy of it.")
    created_at = serializers.DateTimeField(read_only=True)

    def get_is_mine(self, share: PlanShare) -> bool:
        return bool(share.shared_by_id == self.context["request"].user.pk)


class NewShareSerializer(PresentedSerializer[Any]):
    template = SlugField(PlanTemplate, "slug")


class GroupPlans(ScopedViewSet):
    """Plans that a group shares: nothing to see for those who are not in it."""

    queryset = PlanShare.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    permission_classes = [Members]
    serializer_class = PlanShareSerializer
    pagination_class = None  # thirty at most
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return shares_seen_by(cast("User", self.request.user), self._group)

    @extend_schema(operation_id="groups_plans_list", responses={200: PlanShareSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        shares = self.filter_queryset(self.get_queryset())
        return Response(self.get_serializer(shares, many=True).data)

    @extend_schema(
        operation_id="groups_plans_create", request=NewShareSerializer, responses={201: PlanShareSerializer, **UNFIT}
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Show a plan to the group. Sharing twice is sharing once."""
        form = NewShareSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        person = cast("User", request.user)
        with holding():
            self._group = held_group(person, group)
            made = share_plan(group=self._group, person=person, now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(get_still(self.get_queryset(), made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="groups_plans_destroy", responses={204: None, **UNFIT})
    def destroy(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Show it no longer. Whoever follows it keeps their copy."""
        take_back(share=self.get_object(), person=cast("User", request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @cached_property
    def _group(self) -> Group:
        return get_visible(Group.objects.all(), self.request.user, uuid=self.kwargs["group"])
