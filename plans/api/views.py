"""The API of plans: the same services as the pages."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action, api_view, permission_classes
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import ProblemSerializer, ScopedViewSet
from core.held import holding
from core.permissions import Anyone, Members
from core.preconditions import Conditional
from plans.api.inputs import FollowingChangeSerializer, FollowSerializer, LogChangeSerializer, NewLogSerializer
from plans.api.serializers import (
    EnrollmentSerializer,
    LogSerializer,
    PlanTemplateDetailSerializer,
    PlanTemplateSerializer,
    TodaySerializer,
)
from plans.felt import bring_details
from plans.models import Enrollment, PlanTemplate, SessionLog
from plans.services.enrollments import change_following, follow_plan, stop_following
from plans.services.followed import bring_days
from plans.services.logs import delete_log, edit_log, log_session
from plans.today import active_plans, day_of


class PlanTemplates(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """Plans to choose from."""

    permission_classes = [Anyone]
    lookup_field = "slug"
    pagination_class = None  # a handful, written by editors

    def get_queryset(self) -> Any:
        plans = PlanTemplate.objects.visible_to(self.request.user).with_needs(self.request.user)
        if self.action == "retrieve":
            return plans.with_schedule(self.request.user)
        return plans.by_editors().for_need(self.request.query_params.get("need", ""))

    def get_serializer_class(self) -> Any:
        return PlanTemplateDetailSerializer if self.action == "retrieve" else PlanTemplateSerializer

    @extend_schema(parameters=[OpenApiParameter("need", str, description="Slug of a need")])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)


class Enrollments(Conditional, ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """The plans that I follow or followed."""

    permission_classes = [Members]
    serializer_class = EnrollmentSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return Enrollment.objects.visible_to(self.request.user).with_plan(self.request.user)

    @extend_schema(request=FollowSerializer, responses={201: EnrollmentSerializer})
    def create(self, request: Request) -> Response:
        form = FollowSerializer(data=request.data, context=self.get_serializer_context())
        with holding():
            form.is_valid(raise_exception=True)
            enrollment = follow_plan(person=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(enrollment).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=FollowingChangeSerializer, responses=EnrollmentSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Change days, times, words, and the first day while it lies ahead."""
        enrollment = self.acted_on
        form = FollowingChangeSerializer(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        person = cast("User", request.user)
        changed = change_following(person=person, enrollment=enrollment, now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(changed).data)

    @extend_schema(request=None, responses=EnrollmentSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, uuid: str) -> Response:
        """Let the plan go; logs stay."""
        person = cast("User", request.user)
        stopped = stop_following(person=person, enrollment=self.acted_on, now=clock.now())
        return Response(self.current(stopped))

    def current(self, row: Enrollment) -> Any:
        """Return what is shown of a locked one; the service that changes it takes over what was read."""
        return self.get_serializer(bring_days(row, cast("User", self.request.user))).data

    def rows_acted_on(self) -> Any:
        return Enrollment.objects.visible_to(self.request.user)


class Logs(Conditional, ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """What I noted. Nobody else reads it."""

    permission_classes = [Members]
    serializer_class = LogSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return self.rows_acted_on().with_details(self.request.user)

    def rows_acted_on(self) -> Any:
        return SessionLog.objects.visible_to(self.request.user)

    def current(self, row: Any) -> Any:
        """Return what is shown of a locked log; the service that changes it takes over what was read."""
        if "shown_moods" not in vars(row):
            bring_details(row, cast("User", self.request.user))
        return self.get_serializer(row).data

    @extend_schema(request=NewLogSerializer, responses={201: LogSerializer, 410: ProblemSerializer})
    def create(self, request: Request) -> Response:
        form = NewLogSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        log = log_session(person=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(log).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=LogChangeSerializer, responses=LogSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        log = self.acted_on
        form = LogChangeSerializer(data=request.data, partial=True, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        log = edit_log(person=cast("User", request.user), log=log, now=clock.now(), **form.validated_data)
        return Response(self.get_serializer(log).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        delete_log(person=cast("User", request.user), log=self.acted_on, now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(operation_id="today_retrieve", responses=TodaySerializer)
@api_view(["GET"])
@permission_classes([Members])
def today(request: Request) -> Response:
    """The next step of each plan I follow, and the dose of my week."""
    person, now = cast("User", request.user), clock.now()
    return Response(TodaySerializer(day_of(person, active_plans(person), now=now)).data)
