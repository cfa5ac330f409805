"""What hosts send: a meeting, or what recurs. Input is cleaned here; services keep it."""

from types import SimpleNamespace
from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import zones
from accounts.models import User
from core import clock
from core.api import PresentedSerializer
from groups.api.places import ExactField
from groups.meetings import Impact, may_keep
from groups.models import Event, Group, Series
from groups.models.outings import MOST_GUESTS
from groups.people import people_known_to
from groups.queries import name_of_greeter
from groups.recurrence import LONGEST_RULE
from groups.rules import may
from plans.api.inputs import UuidField

MOST_MINUTES = 7 * 24 * 60
MAY_GO_ON = "Whether the caller, as a host, is asked to let it go on (`confirm`): it ends within three weeks."


class GreeterField(UuidField):
    """Somebody whom the host knows; whoever else is on the site answers like nobody."""

    def get_queryset(self) -> Any:
        return people_known_to(self.context["request"].user)


class GreeterToFindField(GreeterField):
    """As `GreeterField`, for a service that looks them up with what it reads anyway: their query, not asked yet.

    Where it `looks`, it asks by itself: for a refusal that tells all that is wrong with what was sent.
    """

    looks = False

    def get_queryset(self) -> Any:
        people = super().get_queryset()
        return people if self.looks else SimpleNamespace(get=people.filter)


class OutingInput(PresentedSerializer[Any]):
    """What a host says of a meeting. What is left out stays, or is empty in a new one; `capacity` null: no limit.

    `is_newcomer_friendly` wants `how_it_goes`, `where_to_stand`, `pace`, `toilets`, `leaving_early` and `greeter`.
    """

    title = serializers.CharField(max_length=120)
    about = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    time_zone = serializers.CharField(max_length=64, required=False, help_text="That of the group when left out.")
    place = serializers.CharField(max_length=160)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)
    setting = serializers.ChoiceField(choices=Event.Setting.choices)
    effort = serializers.ChoiceField(choices=Group.Effort.choices)
    company = serializers.ChoiceField(choices=Event.Company.choices, required=False, allow_blank=True)
    capacity = serializers.IntegerField(min_value=1, max_value=32767, required=False, allow_null=True)
    guests_allowed = serializers.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)
    is_newcomer_friendly = serializers.BooleanField(required=False)
    how_it_goes = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    where_to_stand = serializers.CharField(max_length=500, required=False, allow_blank=True)
    pace = serializers.CharField(max_length=300, required=False, allow_blank=True)
    toilets = serializers.CharField(max_length=300, required=False, allow_blank=True)
    leaving_early = serializers.CharField(max_length=500, required=False, allow_blank=True)
    greeter = GreeterField(User, "uuid", required=False, allow_null=True)

    def validate_time_zone(self, zone: str) -> str:
        if zone not in zones.choosable():
            raise serializers.ValidationError("Not a time zone of the IANA database.")
        return zone


class EventInput(OutingInput):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class GreeterIsFoundLater(serializers.Serializer[Any]):
    """Whoever greets is looked up by the service, together with what it asks of the host."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            said = super().to_internal_value(data)
        except serializers.ValidationError:
            self.look_for_greeter()
            raise
        if said.get("greeter") is not None:
            said["greeter_among"] = said.pop("greeter")
        return said

    def look_for_greeter(self) -> None:
        """Raise ValidationError where the host knows no such person, with all else that is wrong with what was sent."""
        cast("GreeterToFindField", self.fields["greeter"]).looks = True
        super().to_internal_value(self.initial_data)


class EventChange(GreeterIsFoundLater, EventInput):
    """What is another; what is left out stays."""

    greeter = GreeterToFindField(User, "uuid", required=False, allow_null=True)


class SeriesInput(OutingInput):
    """What recurs, by the clocks at the place. `rrule`: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS of RFC 5545."""

    rrule = serializers.CharField(max_length=LONGEST_RULE, help_text="E.g. `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`.")
    at_time = serializers.TimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=MOST_MINUTES)
    runs_until = serializers.DateField(required=False, help_text="Half a year after the first day when left out.")


class NewSeriesInput(SeriesInput):
    starts_on = serializers.DateField(help_text="The first day of the rule from here on is the first meeting.")


class SeriesChange(GreeterIsFoundLater, SeriesInput):
    """What is another from `since` on; what is left out stays. `rrule` as of a new series."""

    needed_in_change = ("since",)
    greeter = GreeterToFindField(User, "uuid", required=False, allow_null=True)
    since = serializers.DateField(help_text="This day and all that follow; what is past or begun stays.")


class SinceInput(serializers.Serializer[Any]):
    since = serializers.DateField()


class SeriesSerializer(PresentedSerializer[Series], serializers.ModelSerializer[Series]):
    """A series. `is_followed`: another took over from it. `about` is the Markdown that `about_html` is made of."""

    group = serializers.UUIDField(source="group.uuid", read_only=True)
    is_followed = serializers.BooleanField(read_only=True)
    greeter = serializers.SerializerMethodField()
    greeter_uuid = serializers.UUIDField(
        read_only=True, allow_null=True, help_text="Who greets newcomers, for who may open their page."
    )
    latitude = ExactField()
    longitude = ExactField()
    may_go_on = serializers.SerializerMethodField()

    class Meta:
        model = Series
        fields = [
            "uuid", "group", "title", "about_html", "rrule", "starts_on", "at_time", "minutes", "runs_until",
            "time_zone", "place", "setting", "effort", "company", "capacity", "guests_allowed", "is_newcomer_friendly",
            "how_it_goes", "where_to_stand", "pace", "toilets", "leaving_early", "ended_at", "is_followed", "about",
            "greeter", "greeter_uuid", "latitude", "longitude", "may_go_on",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "description": "The name of who greets newcomers."})
    def get_greeter(self, series: Any) -> str | None:
        return name_of_greeter(series)

    @extend_schema_field({"type": "boolean", "description": MAY_GO_ON})
    def get_may_go_on(self, series: Any) -> bool:
        return may_keep(series, now=clock.now()) and may(self.context["request"].user, "create_event", series)


class ImpactSerializer(serializers.Serializer[Impact]):
    """How many meetings that are still to come a change would touch, and what is made later."""

    meetings = serializers.IntegerField(help_text="That change.")
    answered = serializers.IntegerField(help_text="Those of them that somebody answered: the answers stay.")
    changed_alone = serializers.IntegerField(source="alone", help_text="That were changed on their own: they stay.")


class SeriesChangedSerializer(serializers.Serializer[Any]):
    """What became of the meetings: changed with their answers, kept as they were, removed unanswered, made anew."""

    series = SeriesSerializer()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    kept = serializers.IntegerField()
    removed = serializers.IntegerField()
    made = serializers.IntegerField()
