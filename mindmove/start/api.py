"""Where do I start?, for apps."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import PresentedSerializer, ProblemSerializer, cleaned, refused_example
from core.permissions import Anyone
from core.visibility import get_visible
from groups.api.serializers import EventSerializer, GroupSerializer
from library.api.serializers import (
    NeedLineSerializer,
    NeedMechanismSerializer,
    NeedTypeSerializer,
    RedFlagSerializer,
    SafetyTextSerializer,
)
from library.models import Need
from mindmove.start.answers import Answer, Suggestion, answer_for
from mindmove.start.decision import Code, Company, Portion
from mindmove.start.forms import FinderForm
from plans.api.serializers import PlanTemplateSerializer


class SuggestionSerializer(PresentedSerializer[Suggestion]):
    """`reasons` are stable codes, `why` says the same in words."""

    reasons = serializers.ListField(child=serializers.ChoiceField(choices=[code.value for code in Code]))
    why = serializers.ListField(child=serializers.CharField())


class PlanSuggestionSerializer(SuggestionSerializer):
    plan = PlanTemplateSerializer(source="row", read_only=True)


class EventSuggestionSerializer(SuggestionSerializer):
    event = EventSerializer(source="row", read_only=True)


class GroupSuggestionSerializer(SuggestionSerializer):
    group = GroupSerializer(source="row", read_only=True)


class ActionSerializer(serializers.Serializer[Answer]):
    """What to do now. `portion` says how much of it fits into the time; `portion_words` is empty for the whole."""

    title = serializers.CharField(source="need.action_title", read_only=True)
    minutes = serializers.IntegerField(source="need.action_minutes", read_only=True)
    text = serializers.CharField(source="need.first_ten_minutes", read_only=True)
    portion = serializers.ChoiceField(choices=[portion.value for portion in Portion], read_only=True)
    portion_words = serializers.CharField(read_only=True)


class StartAnswerSerializer(PresentedSerializer[Answer]):
    """`red_flags` and `care` belong beside the action: the most severe first, and professional care before exercise."""

    need = NeedLineSerializer(read_only=True)
    minutes = serializers.IntegerField(source="wish.minutes", read_only=True)
    company = serializers.ChoiceField(
        choices=[(company.value, company.name) for company in Company], source="wish.company", read_only=True
    )
    action = ActionSerializer(source="*", read_only=True)
    red_flags = RedFlagSerializer(many=True, read_only=True)
    care = SafetyTextSerializer(many=True, read_only=True)
    plans = PlanSuggestionSerializer(many=True, read_only=True)
    already_following = PlanTemplateSerializer(many=True, read_only=True)
    events = EventSuggestionSerializer(many=True, read_only=True)
    groups = GroupSuggestionSerializer(many=True, read_only=True)
    exercise_types = NeedTypeSerializer(source="types", many=True, read_only=True)
    mechanisms = NeedMechanismSerializer(many=True, read_only=True)


REFUSED = refused_example(
    "A need that is not known",
    field="need",
    message="Select a valid choice. gloom is not one of the available choices.",
)


class StartView(APIView):
    """The same wish gives the same answer, and nothing of it is kept."""

    permission_classes = [Anyone]

    @extend_schema(
        tags=["start"],
        operation_id="start_retrieve",
        parameters=[
            OpenApiParameter(
                "need",
                str,
                required=True,
                description="Slug of what weighs on somebody, from `/needs/`.",
                examples=[OpenApiExample("Poor sleep", value="poor-sleep")],
            ),
            OpenApiParameter("minutes", int, enum=[int(value) for value, _label in FinderForm.MINUTES], default=10),
            OpenApiParameter("company", str, enum=[company.value for company in Company], default="either"),
        ],
        responses={200: StartAnswerSerializer, 400: ProblemSerializer},
        examples=[REFUSED],
    )
    def get(self, request: Request) -> Response:
        """A first action for what weighs on somebody, then plans and company, each with its reasons."""
        viewer: Any = request.user
        form = FinderForm(request.query_params, needs=list(Need.objects.visible_to(viewer)))
        slug = cleaned(form)["need"]
        need = get_visible(Need.objects.all().with_page(viewer), viewer, slug=slug)
        return Response(StartAnswerSerializer(answer_for(viewer, need, form.wish(), now=clock.now())).data)
