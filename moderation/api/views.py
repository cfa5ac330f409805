"""Reports of mine, decisions about me, and my word against them."""

from functools import partial
from typing import cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import ProblemSerializer
from core.pagination import Pages
from core.permissions import Members
from core.visibility import get_still, get_visible
from moderation.api.serializers import (
    AppealSerializer,
    DecisionSerializer,
    NewAppealSerializer,
    NewReportSerializer,
    ReportSerializer,
    WholeDecisionSerializer,
)
from moderation.pages import ReportLine, decision_page, whole_decision
from moderation.queries import decisions_about, reports_by
from moderation.services.appeals import appeal
from moderation.services.reports import report
from moderation.subjects import kind_or_404

REFUSED = {400: ProblemSerializer, 404: ProblemSerializer, 409: ProblemSerializer}


class Latest(Pages):
    ordering = ("-created_at", "-pk")


class Reports(APIView):
    """What I reported, newest first, and what became of it."""

    permission_classes = [Members]
    pagination_class = Pages

    @extend_schema(operation_id="reports_list", responses=ReportSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Latest().respond(reports_by(request.user), ReportSerializer, self, each=ReportLine)

    @extend_schema(
        operation_id="reports_create", request=NewReportSerializer, responses={201: ReportSerializer, **REFUSED}
    )
    def post(self, request: Request) -> Response:
        """Ask for a look at something that I can see. While it waits, asking twice is once."""
        form = NewReportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = dict(form.validated_data)
        subject, person = kind_or_404(said.pop("about_kind")), cast("User", request.user)
        row = subject.find(person, said.pop("about_id"))
        made = report(subject=subject, row=row, reporter=person, now=clock.now(), **said)
        found = get_still(reports_by(person), made)
        return Response(ReportSerializer(ReportLine(found)).data, status=status.HTTP_201_CREATED)


class Decisions(APIView):
    """What was decided about me or something of mine, newest first."""

    permission_classes = [Members]
    pagination_class = Pages

    @extend_schema(operation_id="decisions_list", responses=DecisionSerializer(many=True))
    def get(self, request: Request) -> Response:
        shown = partial(decision_page, person=cast("User", request.user), now=clock.now())
        return Latest().respond(decisions_about(request.user), DecisionSerializer, self, each=shown)


class OneDecision(APIView):
    """One decision about me or something of mine."""

    permission_classes = [Members]

    @extend_schema(operation_id="decisions_retrieve", responses={200: WholeDecisionSerializer, 404: ProblemSerializer})
    def get(self, request: Request, uuid: UUID) -> Response:
        """What was decided, and the words that it is about."""
        person = cast("User", request.user)
        found = get_visible(decisions_about(person), person, uuid=uuid)
        return Response(WholeDecisionSerializer(whole_decision(found, person, now=clock.now())).data)


class Appeals(APIView):
    """My one word against a decision."""

    permission_classes = [Members]

    @extend_schema(
        operation_id="decisions_appeal", request=NewAppealSerializer, responses={201: AppealSerializer, **REFUSED}
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Say what is wrong with it, once. Another moderator answers."""
        found = get_visible(decisions_about(request.user), request.user, uuid=uuid)
        form = NewAppealSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = appeal(decision=found, now=clock.now(), **form.validated_data)
        return Response(AppealSerializer(made).data, status=status.HTTP_201_CREATED)
