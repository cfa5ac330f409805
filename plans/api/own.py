"""The API of plans of one's own: a whole plan is one document."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api import ProblemSerializer, ScopedViewSet
from core.held import holding
from core.permissions import Members
from core.preconditions import Conditional
from core.problems import problem
from plans.api.own_shapes import (
    CopySerializer,
    DrawnLadderSerializer,
    FollowedSerializer,
    LadderSerializer,
    LadderToDrawSerializer,
    OwnPlanSerializer,
    OwnPlanWriteSerializer,
    OwnTitleSerializer,
    field_of,
)
from plans.models import PlanTemplate
from plans.services.gate import NotReady, lacks
from plans.services.own import close_plan, make_plan, open_plan, remove_plan, write_plan
from plans.services.own_copies import change_followed, copy_plan
from plans.services.own_ladders import drawn, ladder_of, make_ladder
from plans.written import bring_written

REFUSED = {400: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}
NOT_READY = {400: OpenApiResponse(ProblemSerializer, description="What it lacks, each on its field."), **REFUSED}


class OwnPlans(Conditional, ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """The plans that I made. Nobody else's is found here, shared or not."""

    strict_acts = {"update"}  # a whole document, perhaps from another device's yesterday

    permission_classes = [Members]
    lookup_field = "slug"
    pagination_class = None  # fifty at most

    def get_queryset(self) -> Any:
        return PlanTemplate.objects.visible_to(self.request.user).owned_by(self.request.user).order_by("-pk")

    def get_serializer_class(self) -> Any:
        return OwnTitleSerializer if self.action == "list" else OwnPlanSerializer

    def handle_exception(self, exc: Exception) -> Response:
        """Say everything that the gate asks for, each on the field of the document that it is about."""
        if isinstance(exc, NotReady):
            errors = [{"field": field_of(field), "message": message} for field, message in exc.lacks]
            return problem(exc.status, exc.code, str(exc.message), errors=errors)
        return super().handle_exception(exc)

    @extend_schema(request=OwnPlanWriteSerializer, responses={201: OwnPlanSerializer, **REFUSED})
    def create(self, request: Request) -> Response:
        """Make a draft. It may lack anything but a title."""
        draft = self._input(OwnPlanWriteSerializer).draft()
        return self._answer(make_plan(person=self._person, draft=draft), status.HTTP_201_CREATED)

    @extend_schema(request=OwnPlanWriteSerializer, responses={200: OwnPlanSerializer, **REFUSED})
    def update(self, request: Request, slug: str) -> Response:
        """Make the plan read as this document. A step that names its `id` stays the same step."""
        draft = self._input(OwnPlanWriteSerializer).draft()
        return self._answer(write_plan(person=self._person, slug=slug, draft=draft, read=self.held_row))

    @extend_schema(responses={204: None, 404: ProblemSerializer})
    def destroy(self, request: Request, slug: str) -> Response:
        """Remove it for good. Following it ends; logs stay."""
        remove_plan(person=self._person, slug=slug, read=self.held_row)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={200: OwnPlanSerializer, **NOT_READY})
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, slug: str) -> Response:
        """Make it a plan that can be followed."""
        return self._answer(open_plan(person=self._person, slug=slug))

    @extend_schema(request=None, responses={200: OwnPlanSerializer, **REFUSED})
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, slug: str) -> Response:
        """Make it a draft again; not while it is followed."""
        return self._answer(close_plan(person=self._person, slug=slug))

    @extend_schema(request=CopySerializer, responses={201: OwnPlanSerializer, **REFUSED})
    @action(detail=False, methods=["post"])
    def copy(self, request: Request) -> Response:
        """Copy a plan that I can see into a draft of my own."""
        with holding():
            template = self._input(CopySerializer).validated_data["template"]
            made = copy_plan(person=self._person, template=template)
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(request=FollowedSerializer, responses={201: OwnPlanSerializer, **REFUSED})
    @action(detail=False, methods=["post"])
    def followed(self, request: Request) -> Response:
        """Change a plan that I follow: from now on I follow the copy that this answers with."""
        with holding():
            enrollment = self._input(FollowedSerializer).validated_data["enrollment"]
            made = change_followed(person=self._person, enrollment=enrollment)
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(request=LadderSerializer, responses={201: OwnPlanSerializer, **REFUSED})
    @action(detail=False, methods=["post"])
    def ladder(self, request: Request) -> Response:
        """Make a plan of rungs from an amount to an amount; it can be followed at once."""
        given = dict(self._input(LadderSerializer).validated_data)
        kind, title = given.pop("exercise_type"), given.pop("title", "")
        made = make_ladder(person=self._person, title=title, kind=kind, ladder=ladder_of(**given))
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="own_plans_ladder_retrieve",
        parameters=[LadderToDrawSerializer],
        responses={200: DrawnLadderSerializer, 400: ProblemSerializer},
    )
    @ladder.mapping.get
    def draw(self, request: Request) -> Response:
        """The rungs of a ladder, before it is made: nothing is stored."""
        given = dict(self._input(LadderToDrawSerializer, request.query_params).validated_data)
        title = given.pop("title", "")
        found = drawn(ladder_of(**given), title=title)
        return Response(DrawnLadderSerializer(found, context={"unit": given["unit"]}).data)

    @property
    def _person(self) -> User:
        return cast("User", self.request.user)

    def _input(self, shape: Any, given: Any = None) -> Any:
        form = shape(data=self.request.data if given is None else given, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        return form

    def current(self, row: PlanTemplate) -> Any:
        if "shown_weeks" not in vars(row):  # nobody else may see more or less of it, and it may be written next
            bring_written(row, self._person)
        return OwnPlanSerializer(row, context={"lacks": list(lacks(row))}).data

    def _answer(self, plan: PlanTemplate, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.current(plan), status=code)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self._answer(self.get_object())
