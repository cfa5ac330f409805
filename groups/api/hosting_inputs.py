"""What hosts send: a meeting, or what recurs. Input is cleaned here; services keep it."""

from typing import Any

from rest_framework import serializers

from accounts import zones
from accounts.models import User
from core.api import PresentedSerializer
from groups.models import Event, Group, Series
from groups.models.outings import MOST_GUESTS
from groups.people import people_known_to
from groups.recurrence import LONGEST_RULE
from plans.api.inputs import UuidField

MOST_MINUTES = 7 * 24 * 60


class GreeterField(UuidField):
    """Somebody whom the host knows; whoever else is on the site answers like nobody."""

    def get_queryset(self) -> Any:
        return people_known_to(self.context["request"].user)


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


class SeriesInput(OutingInput):
    """What recurs, by the clocks at the place. `rrule`: FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS of RFC 5545."""

    rrule = serializers.CharField(max_length=LONGEST_RULE, help_text="E.g. `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`.")
    at_time = serializers.TimeField()
    minutes = serializers.IntegerField(min_value=5, max_value=MOST_MINUTES)
    runs_until = serializers.DateField(required=False, help_text="Half a year after the first day when left out.")


class NewSeriesInput(SeriesInput):
    starts_on = serializers.DateField(help_text="The first day of the rule from here on is the first meeting.")


class SeriesChange(SeriesInput):
    since = serializers.DateField(help_text="This day and all that follow; what is past or begun stays.")


class SinceInput(serializers.Serializer[Any]):
    since = serializers.DateField()


class SeriesSerializer(PresentedSerializer[Series], serializers.ModelSerializer[Series]):
    """A series. `is_followed`: another took over from it."""

    group = serializers.UUIDField(source="group.uuid", read_only=True)
    is_followed = serializers.BooleanField(read_only=True)

    class Meta:
        model = Series
        fields = [
            "uuid", "group", "title", "about_html", "rrule", "starts_on", "at_time", "minutes", "runs_until",
            "time_zone", "place", "setting", "effort", "company", "capacity", "guests_allowed", "is_newcomer_friendly",
            "how_it_goes", "where_to_stand", "pace", "toilets", "leaving_early", "ended_at", "is_followed",
        ]  # fmt: skip
        read_only_fields = fields


class SeriesChangedSerializer(serializers.Serializer[Any]):
    """What became of the meetings: changed with their answers, kept as they were, removed unanswered, made anew."""

    series = SeriesSerializer()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    kept = serializers.IntegerField()
    removed = serializers.IntegerField()
    made = serializers.IntegerField()
