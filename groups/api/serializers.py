"""The shapes of groups, events and answers. Input is cleaned here; services keep it."""

from typing import Any

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from groups.api.places import DistanceField, ExactField
from groups.models import Event, Group, Picture, Rsvp
from groups.models.outings import MOST_GUESTS
from groups.queries import name_of_greeter, shown_answer
from groups.services.rsvps import ANSWERS

_LABELS = dict(Rsvp.Status.choices)


class GroupSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    """A group as the caller sees it. `next_event_at` is when it next meets (in a list: in a way that fits), or None."""

    next_event_at = serializers.SerializerMethodField()
    is_member = serializers.BooleanField(read_only=True)
    is_looking = serializers.BooleanField(read_only=True, help_text="In it without taking part.")
    picture = serializers.SerializerMethodField()
    latitude = ExactField()
    longitude = ExactField()
    distance = DistanceField()

    class Meta:
        model = Group
        fields = [
            "uuid", "slug", "name", "kind", "about_html", "visibility", "join_policy", "place", "time_zone",
            "languages", "effort", "accessibility", "latitude", "longitude", "distance", "next_event_at", "is_member",
            "is_looking", "picture",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_next_event_at(self, group: Any) -> str | None:
        is_alone = hasattr(group, "meets_at")
        at = group.meets_at if is_alone else next((event.starts_at for event in group.shown_events), None)
        return serializers.DateTimeField().to_representation(at) if at else None

    @extend_schema_field({"type": ["string", "null"], "description": "The address of its picture (WebP)."})
    def get_picture(self, group: Any) -> str | None:
        is_alone = hasattr(group, "picture_uuid")
        uuid = group.picture_uuid if is_alone else next((picture.uuid for picture in group.shown_pictures), None)
        return Picture(group=group, uuid=uuid).get_absolute_url() if uuid else None


class GroupNameSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    class Meta:
        model = Group
        fields = ["uuid", "slug", "name"]
        read_only_fields = fields


class AnswerSerializer(PresentedSerializer[Rsvp], serializers.ModelSerializer[Rsvp]):
    """One's own answer. `position` is 1 for the next to get a seat, None when not in line; guests take seats too."""

    position = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Rsvp
        fields = ["status", "position", "guests", "is_quiet", "is_first_time", "answered_at", "promoted_at"]
        read_only_fields = fields


class NewAnswerSerializer(serializers.Serializer[Rsvp]):
    """What somebody says. Whether "going" means a seat or a place in line, the seats decide.

    `guests` left out stays as it was. `joins` joins the open group of the event with the answer.
    """

    answer = serializers.ChoiceField(choices=[(value, _LABELS[value]) for value in ANSWERS])
    guests = serializers.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)
    is_quiet = serializers.BooleanField(default=False)
    is_first_time = serializers.BooleanField(default=False)
    joins = serializers.BooleanField(default=False)


class EventSerializer(PresentedSerializer[Event], serializers.ModelSerializer[Event]):
    """An event. Instants are UTC, `time_zone` is the place's; `capacity` None means no limit."""

    group = GroupNameSerializer(read_only=True)
    seats_left = serializers.IntegerField(read_only=True, allow_null=True)
    series = serializers.UUIDField(source="series_uuid", read_only=True, allow_null=True)
    greeter = serializers.SerializerMethodField()
    my_answer = serializers.SerializerMethodField()
    latitude = ExactField()
    longitude = ExactField()
    distance = DistanceField()

    class Meta:
        model = Event
        fields = [
            "uuid", "group", "title", "about_html", "starts_at", "ends_at", "time_zone", "place", "setting", "effort",
            "status", "capacity", "guests_allowed", "going_count", "seats_left", "how_it_goes", "where_to_stand",
            "pace", "toilets", "leaving_early", "company", "greeter", "my_answer", "latitude", "longitude", "distance",
            "is_newcomer_friendly", "series", "occurs_on", "is_changed_alone",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "description": "The name of who greets newcomers."})
    def get_greeter(self, event: Any) -> str | None:
        return name_of_greeter(event)

    @extend_schema_field(AnswerSerializer(allow_null=True))
    def get_my_answer(self, event: Any) -> dict[str, Any] | None:
        mine = shown_answer(event)
        return self._answers.to_representation(mine) if mine else None

    @cached_property
    def _answers(self) -> AnswerSerializer:
        return AnswerSerializer()
