"""The API of goals and plans that a group has together: of several people, never of one."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api import PresentedSerializer
from core.held import holding
from core.visibility import get_still, get_visible
from groups.api.bases import HIDDEN, REFUSED, MembersViewSet, held_group
from groups.models import Goal, Group, GroupPlan
from groups.services import goals, plans_together
from groups.together import all_goals_seen_by, all_group_plans_seen_by, goals_seen_by, group_plans_seen_by
from plans.api.inputs import SlugField, UuidField
from plans.models import Enrollment, PlanTemplate

OF_GROUP = [
    OpenApiParameter("group", UUID, OpenApiParameter.PATH),
    OpenApiParameter("uuid", UUID, OpenApiParameter.PATH),
]


class GoalSerializer(PresentedSerializer[Goal]):
    """A goal. `reached` is said roughly, and null until five people have added to it; `is_mine`: my part counts."""

    uuid = serializers.UUIDField(read_only=True)
    title = serializers.CharField(read_only=True)
    unit = serializers.ChoiceField(choices=Goal.Unit.choices, read_only=True)
    target = serializers.IntegerField(read_only=True)
    starts_on = serializers.DateField(read_only=True)
    ends_on = serializers.DateField(read_only=True)
    reached = serializers.IntegerField(read_only=True, allow_null=True)
    is_closed = serializers.SerializerMethodField()
    is_mine = serializers.BooleanField(read_only=True)

    def get_is_closed(self, goal: Goal) -> bool:
        return goal.closed_at is not None


class NewGoalSerializer(PresentedSerializer[Any]):
    """Days are days at the group's place."""

    title = serializers.CharField(max_length=120)
    unit = serializers.ChoiceField(choices=Goal.Unit.choices)
    target = serializers.IntegerField(min_value=1, max_value=goals.HIGHEST)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class GroupPlanSerializer(PresentedSerializer[GroupPlan]):
    """A plan followed together. `steps` is said roughly, and null until five people have done some."""

    uuid = serializers.UUIDField(read_only=True)
    template = serializers.SlugField(source="template.slug", read_only=True)
    title = serializers.CharField(source="template.title", read_only=True)
    starts_on = serializers.DateField(read_only=True)
    steps = serializers.IntegerField(read_only=True, allow_null=True)
    is_mine = serializers.BooleanField(read_only=True, help_text="Whether I follow it with the group.")


class NewGroupPlanSerializer(PresentedSerializer[Any]):
    template = SlugField(PlanTemplate, "slug")
    starts_on = serializers.DateField()


class FollowAlongSerializer(PresentedSerializer[Any]):
    """The plan that I follow already: the group's, or a copy of it."""

    enrollment = UuidField(Enrollment, "uuid")


class _OfGroup(MembersViewSet):
    @cached_property
    def _group(self) -> Group:
        return get_visible(Group.objects.all(), self.request.user, uuid=self.kwargs["group"])

    def _found(self, rows: Any) -> Any:
        """Return the one of `rows` that the address names, of a group that the caller may see."""
        groups = Group.objects.visible_to(self.person).filter(uuid=self.kwargs["group"])
        return get_object_or_404(rows.filter(group__in=groups), uuid=self.kwargs["uuid"])

    def _shown(self, made: Any, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(get_still(self.get_queryset(), made)).data, status=code)


class GroupGoals(_OfGroup):
    """Goals of a group, the newest first: nothing to see for those who are not in it."""

    queryset = Goal.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    serializer_class = GoalSerializer

    def get_queryset(self) -> Any:
        return goals_seen_by(self.person, self._group)

    @extend_schema(operation_id="groups_goals_list", responses={200: GoalSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        return Response(self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data)

    @extend_schema(
        operation_id="groups_goals_create", request=NewGoalSerializer, responses={201: GoalSerializer, **REFUSED}
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Set a goal, as a host. One at a time."""
        values = self.clean(NewGoalSerializer)
        made = goals.set_goal(group=self._group, person=self.person, now=clock.now(), **values)
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(operation_id="groups_goals_destroy", parameters=OF_GROUP, responses={204: None, **REFUSED})
    def destroy(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """End it before its last day, as a host. What was shown stays."""
        goals.close_goal(goal=self._goal(), person=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="groups_goals_part_update",
        parameters=OF_GROUP,
        request=None,
        responses={200: GoalSerializer, **REFUSED},
    )
    def count_me_in(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Let my part count from today on. Nobody sees that it does."""
        goal = self._goal()
        goals.count_me_in(goal=goal, person=self.person, now=clock.now())
        goal.is_mine = True
        return Response(self.get_serializer(goal).data)

    @extend_schema(operation_id="groups_goals_part_destroy", parameters=OF_GROUP, responses={204: None, **HIDDEN})
    def count_me_out(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Let my part count no longer. What was shown stays, and no longer knows whose it was."""
        goals.count_me_out(goal=self._goal(), person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _goal(self) -> Any:
        return self._found(all_goals_seen_by(self.person))


class PlansTogether(_OfGroup):
    """Plans that a group follows together: nothing to see for those who are not in it."""

    queryset = GroupPlan.objects.visible_to(AnonymousUser())  # as above
    serializer_class = GroupPlanSerializer

    def get_queryset(self) -> Any:
        return group_plans_seen_by(self.person, self._group)

    @extend_schema(operation_id="groups_together_list", responses={200: GroupPlanSerializer(many=True), **HIDDEN})
    def list(self, request: Request, group: UUID) -> Response:
        return Response(self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data)

    @extend_schema(
        operation_id="groups_together_create",
        request=NewGroupPlanSerializer,
        responses={201: GroupPlanSerializer, **REFUSED},
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Propose a plan to follow together, as a host: one that everybody knows, or that the group shares."""
        values = self.clean(NewGroupPlanSerializer)
        with holding():
            self._group = held_group(self.person, group)
            made = plans_together.set_group_plan(group=self._group, person=self.person, now=clock.now(), **values)
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(operation_id="groups_together_destroy", parameters=OF_GROUP, responses={204: None, **REFUSED})
    def destroy(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Follow it together no longer, as a host. Everybody keeps their copy."""
        plans_together.end_group_plan(group_plan=self._plan(), person=self.person, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="groups_together_part_update",
        parameters=OF_GROUP,
        request=FollowAlongSerializer,
        responses={200: GroupPlanSerializer, **REFUSED},
    )
    def follow(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Follow it with the group, with a plan that I follow. Nobody sees that I do."""
        plan, values = self._plan(), self.clean(FollowAlongSerializer)
        plans_together.follow_along(group_plan=plan, person=self.person, now=clock.now(), **values)
        plan.is_mine = True
        return Response(self.get_serializer(plan).data)

    @extend_schema(operation_id="groups_together_part_destroy", parameters=OF_GROUP, responses={204: None, **HIDDEN})
    def leave(self, request: Request, group: UUID, uuid: UUID) -> Response:
        """Go on by myself. My plan stays as it is."""
        plans_together.leave_along(group_plan=self._plan(), person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _plan(self) -> Any:
        return self._found(all_group_plans_seen_by(self.person))
