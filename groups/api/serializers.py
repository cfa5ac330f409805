"""The shapes of groups, events and answers. Input is cleaned here; services keep it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from groups.models import Event, Group, Rsvp
from groups.services.rsvps import ANSWERS

_LABELS = dict(Rsvp.Status.choices)


class GroupSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    """A group as the caller sees it. `next_event_at` is an instant, None when nothing is planned."""

    next_event_at = serializers.DateTimeField(source="next_at", read_only=True, allow_null=True)
    is_member = serializers.BooleanField(read_only=True)

    class Meta:
        model = Group
        fields = [
            "uuid", "slug", "name", "kind", "about_html", "visibility", "join_policy", "place", "time_zone",
            "languages", "effort", "accessibility", "next_event_at", "is_member",
        ]  # fmt: skip
        read_only_fields = fields


class GroupNameSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    class Meta:
        model = Group
        fields = ["uuid", "slug", "name"]
        read_only_fields = fields


class AnswerSerializer(PresentedSerializer[Rsvp], serializers.ModelSerializer[Rsvp]):
    """One's own answer. `position` is 1 for the next to get a seat, None when not in line."""

    position = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Rsvp
        fields = ["status", "position", "is_quiet", "is_first_time", "answered_at", "promoted_at"]
        read_only_fields = fields


class NewAnswerSerializer(serializers.Serializer[Rsvp]):
    """What somebody says. Whether "going" means a seat or a place in line, the seats decide."""

    answer = serializers.ChoiceField(choices=[(value, _LABELS[value]) for value in ANSWERS])
    is_quiet = serializers.BooleanField(default=False)
    is_first_time = serializers.BooleanField(default=False)


class EventSerializer(PresentedSerializer[Event], serializers.ModelSerializer[Event]):
    """An event. Instants are UTC, `time_zone` is the place's; `capacity` None means no limit."""

    group = GroupNameSerializer(read_only=True)
    seats_left = serializers.IntegerField(read_only=True, allow_null=True)
    greeter = serializers.SerializerMethodField()
    my_answer = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "uuid", "group", "title", "about_html", "starts_at", "ends_at", "time_zone", "place", "setting", "effort",
            "status", "capacity", "going_count", "seats_left", "how_it_goes", "where_to_stand", "leaving_early",
            "greeter", "my_answer",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "description": "The name of who greets newcomers."})
    def get_greeter(self, event: Any) -> str | None:
        return str(event.shown_greeter) if event.shown_greeter else None

    @extend_schema_field(AnswerSerializer(allow_null=True))
    def get_my_answer(self, event: Any) -> dict[str, Any] | None:
        return AnswerSerializer(event.my_answers[0]).data if event.my_answers else None
