"""My own numbers and mechanisms over the API: the same values as the pages, with the sentence in my language."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer
from core.permissions import Members
from plans.insights.findings import Finding, Measure, State
from plans.my_mechanisms import my_mechanisms
from plans.numbers.reading import Span, numbers_of, span_asked_for
from plans.numbers.words import sentence


class IntervalSerializer(PresentedSerializer[Any]):
    mean = serializers.FloatField(read_only=True)
    low = serializers.FloatField(read_only=True)
    high = serializers.FloatField(read_only=True)


class FindingSerializer(PresentedSerializer[Finding]):
    """One comparison. `interval` (of a difference, in steps of mood) is null below five pairs; `level` is that of it.

    `by` and `group` are empty over all pairs. For two sides (method `Welch t`) `n_other` counts the other side.
    """

    measure = serializers.ChoiceField(choices=[measure.value for measure in Measure], read_only=True)
    by = serializers.CharField(read_only=True)
    group = serializers.CharField(read_only=True)
    state = serializers.ChoiceField(choices=[state.value for state in State], read_only=True)
    sentence = serializers.SerializerMethodField()
    method = serializers.CharField(read_only=True)
    level = serializers.FloatField(read_only=True)
    n = serializers.IntegerField(read_only=True)
    n_other = serializers.IntegerField(read_only=True)
    interval = IntervalSerializer(read_only=True, allow_null=True)
    first = serializers.FloatField(read_only=True, allow_null=True)
    second = serializers.FloatField(read_only=True, allow_null=True)

    @extend_schema_field(serializers.CharField())
    def get_sentence(self, finding: Finding) -> str:
        return sentence(finding, self.context["kinds"])


class QualitySerializer(PresentedSerializer[Any]):
    """The mean of mastery or pleasure (0 to 10) for one kind of exercise."""

    kind = serializers.SlugField(read_only=True)
    name = serializers.ChoiceField(choices=["mastery", "pleasure"], read_only=True)
    n = serializers.IntegerField(read_only=True)
    level = serializers.FloatField(read_only=True)
    interval = IntervalSerializer(read_only=True, allow_null=True)


class MoodWeekSerializer(PresentedSerializer[Any]):
    first_on = serializers.DateField(read_only=True)
    n = serializers.IntegerField(read_only=True)
    before = serializers.FloatField(read_only=True, allow_null=True)
    after = serializers.FloatField(read_only=True, allow_null=True)


class MoodPointSerializer(PresentedSerializer[Any]):
    day = serializers.DateField(read_only=True)
    moment = serializers.ChoiceField(choices=["before", "after"], read_only=True)
    value = serializers.IntegerField(read_only=True)


class ActiveDaySerializer(PresentedSerializer[Any]):
    """`shade` is 0 to 4: nothing, from 1, 10, 30 and 60 minutes on."""

    day = serializers.DateField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    shade = serializers.IntegerField(read_only=True)


class NumbersSerializer(PresentedSerializer[Any]):
    """What my numbers say of the range. `weeks` and `points` are always twelve weeks, `days` a year."""

    range = serializers.ChoiceField(source="span", choices=Span.values, read_only=True)
    since = serializers.DateField(read_only=True, allow_null=True)
    count = serializers.IntegerField(read_only=True)
    findings = serializers.SerializerMethodField()
    qualities = QualitySerializer(many=True, read_only=True)
    weeks = MoodWeekSerializer(many=True, read_only=True)
    points = MoodPointSerializer(many=True, read_only=True)
    days = ActiveDaySerializer(many=True, read_only=True)

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, numbers: Any) -> Any:
        found = numbers.findings
        rows: Any = [*found.over_all, *found.groups, *found.sides]
        return FindingSerializer(rows, many=True, context={"kinds": numbers.kinds}).data


class TouchedSerializer(PresentedSerializer[Any]):
    slug = serializers.SlugField(source="mechanism.slug", read_only=True)
    name = serializers.CharField(source="mechanism.name", read_only=True)
    domain = serializers.SlugField(source="mechanism.domain.slug", read_only=True)
    times = serializers.IntegerField(read_only=True)


class MyMechanismsSerializer(PresentedSerializer[Any]):
    """Which mechanisms of the library my last four weeks touched. How often is no score."""

    since = serializers.DateField(read_only=True)
    logs = serializers.IntegerField(read_only=True)
    mechanisms = TouchedSerializer(source="touched", many=True, read_only=True)


@extend_schema(
    operation_id="numbers_retrieve",
    parameters=[OpenApiParameter("range", str, enum=Span.values, description="How far back the comparisons look")],
    responses=NumbersSerializer,
)
@api_view(["GET"])
@permission_classes([Members])
def numbers(request: Request) -> Response:
    """What my own numbers say, with method, n, interval and level of each comparison."""
    span = span_asked_for(request.query_params.get("range", ""))
    return Response(NumbersSerializer(numbers_of(cast("User", request.user), now=clock.now(), span=span)).data)


@extend_schema(operation_id="my_mechanisms_retrieve", responses=MyMechanismsSerializer)
@api_view(["GET"])
@permission_classes([Members])
def mechanisms(request: Request) -> Response:
    """Which mechanisms my last four weeks touched."""
    return Response(MyMechanismsSerializer(my_mechanisms(cast("User", request.user), now=clock.now())).data)
