"""Private check-ins over the API: the same rules as the pages."""

from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.exceptions import ValidationError
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer, ScopedViewSet
from core.permissions import Members
from plans.check_ins import Result, Row, rows_for, suggested_for
from plans.models import CheckIn, Enrollment
from plans.scales.scoring import scales as described
from plans.scales.switched_on import switched_on
from plans.services.check_ins import delete_check_in, take_check_in


class OptionSerializer(PresentedSerializer[Any]):
    score = serializers.IntegerField(read_only=True)
    text = serializers.CharField(read_only=True)


class ScoreBandSerializer(PresentedSerializer[Any]):
    """A stretch of scores, both ends included, and what the source of the scale calls it."""

    first = serializers.IntegerField(read_only=True)
    last = serializers.IntegerField(read_only=True)
    name = serializers.CharField(read_only=True)


class ScaleSerializer(PresentedSerializer[Row]):
    """A questionnaire with its words; `next_on` is the first day on which I can take it.

    A score lies between `lowest` and `highest`; `bands` say what each means. `is_suggested`: a plan that I follow
    suggests to take it now.
    """

    key = serializers.ChoiceField(choices=list(described()), source="scale.key", read_only=True)
    name = serializers.CharField(source="scale.name", read_only=True)
    measures = serializers.CharField(source="scale.measures", read_only=True)
    window = serializers.CharField(source="scale.window", read_only=True)
    instruction = serializers.CharField(source="questionnaire.instruction", read_only=True)
    items = serializers.SerializerMethodField()
    options = OptionSerializer(source="questionnaire.options", many=True, read_only=True)
    next_on = serializers.DateField(read_only=True)
    is_suggested = serializers.SerializerMethodField()
    lowest = serializers.IntegerField(source="scale.lowest", read_only=True)
    highest = serializers.IntegerField(source="scale.highest", read_only=True)
    bands = ScoreBandSerializer(source="scale.bands", many=True, read_only=True)
    sources = serializers.ListField(source="scale.sources", child=serializers.CharField(), read_only=True)
    cite = serializers.CharField(source="scale.cite", read_only=True)
    licence = serializers.CharField(source="questionnaire.licence", read_only=True)

    def get_items(self, row: Row) -> list[str]:
        return [item.text for item in row.questionnaire.items] if row.questionnaire else []

    def get_is_suggested(self, row: Row) -> bool:
        return row.scale in self.context["suggested"]


class OfferedScalesSerializer(PresentedSerializer[Any]):
    """What the operator has switched on."""

    scales = ScaleSerializer(many=True, read_only=True)


class CheckInSerializer(PresentedSerializer[CheckIn]):
    """One of my results. `score`, `lowest`, `highest` and `band` are empty for somebody who hides numbers.

    `/api/v1/check-in-scales/` says what all ranges of a scale mean.
    """

    uuid = serializers.UUIDField(read_only=True)
    scale = serializers.ChoiceField(choices=list(described()), read_only=True)
    measures = serializers.SerializerMethodField()
    taken_on = serializers.DateField(read_only=True)
    score = serializers.SerializerMethodField()
    lowest = serializers.SerializerMethodField()
    highest = serializers.SerializerMethodField()
    band = serializers.SerializerMethodField()
    is_worth_a_talk = serializers.SerializerMethodField()

    def get_measures(self, check_in: CheckIn) -> str:
        return Result(check_in).scale.measures

    def get_score(self, check_in: CheckIn) -> int | None:
        return None if self._hides else check_in.score

    def get_lowest(self, check_in: CheckIn) -> int | None:
        return None if self._hides else Result(check_in).scale.lowest

    def get_highest(self, check_in: CheckIn) -> int | None:
        return None if self._hides else Result(check_in).scale.highest

    def get_band(self, check_in: CheckIn) -> str:
        """What the source of the scale calls this range of scores."""
        return "" if self._hides else Result(check_in).band.name

    def get_is_worth_a_talk(self, check_in: CheckIn) -> bool:
        """Whether the published cut-off is reached. Show where to get help first, then the rest."""
        return Result(check_in).is_worth_a_talk

    @property
    def _hides(self) -> bool:
        return cast("User", self.context["request"].user).hides_numbers


class NewCheckInSerializer(PresentedSerializer[Any]):
    """One answer for each item, in order, as its option's score. `uuid` made by the client: twice is one row."""

    scale = serializers.CharField(max_length=10)
    answers = serializers.ListField(child=serializers.IntegerField(), max_length=50)
    uuid = serializers.UUIDField(required=False)


def _check_offered() -> None:
    """Where nothing is switched on, none of this is there."""
    if not switched_on():
        raise Http404


@extend_schema(
    tags=["check-ins"], operation_id="check_in_scales_retrieve", responses={200: OfferedScalesSerializer, 404: None}
)
@api_view(["GET"])
@permission_classes([Members])
def scales(request: Request) -> Response:
    """The questionnaires that this site offers."""
    _check_offered()
    person, now = cast("User", request.user), clock.now()
    rows = [row for row in rows_for(person, now) if row.questionnaire]
    followed = Enrollment.objects.visible_to(person).active().select_related("template")
    suggested = suggested_for(person, list(followed), now)
    return Response(OfferedScalesSerializer({"scales": rows}, context={"suggested": suggested}).data)


class CheckIns(ListModelMixin, ScopedViewSet):
    """My results, the latest first. Nobody else reads them, and the answers are not kept."""

    permission_classes = [Members]
    serializer_class = CheckInSerializer
    lookup_value_converter = "uuid"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        _check_offered()

    def get_queryset(self) -> Any:
        own = CheckIn.objects.visible_to(self.request.user).filter(scale__in=described())
        return own.latest_first()

    @extend_schema(
        request=NewCheckInSerializer,
        responses={201: CheckInSerializer, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def create(self, request: Request) -> Response:
        form = NewCheckInSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        values = form.validated_data
        if (asked := switched_on().get(values.pop("scale"))) is None:
            raise ValidationError({"scale": [serializers.ChoiceField.default_error_messages["invalid_choice"]]})
        taken = take_check_in(person=cast("User", request.user), questionnaire=asked, now=clock.now(), **values)
        return Response(self.get_serializer(taken).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        delete_check_in(person=cast("User", request.user), check_in=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
