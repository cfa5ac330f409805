"""The shapes of groups, events and answers. Input is cleaned here; services keep it."""

from typing import Any

from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core import clock
from core.api import PresentedSerializer
from groups.api.picture_files import address_of, address_shape
from groups.api.places import DistanceField, ExactField
from groups.models import Event, Group, Role, Rsvp
from groups.models.outings import MOST_GUESTS
from groups.queries import keeps_seats, name_of_greeter, shown_answer
from groups.services.answerable import ANSWERS

# In JSON Schema `\w` is ASCII: what a slug of the model says of itself in Python would be untrue there.
SLUG: Any = {"help_text": "The address of its page, in any script.", "validators": [RegexValidator(r"^[^\s/]+$")]}
_LABELS = dict(Rsvp.Status.choices)


class GroupSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    """A group as the caller sees it. `next_event_at` is when it next meets (in a list: in a way that fits), or None."""

    slug = serializers.CharField(read_only=True, **SLUG)
    next_event_at = serializers.SerializerMethodField()
    is_member = serializers.BooleanField(read_only=True)
    is_looking = serializers.BooleanField(read_only=True, help_text="In it without taking part.")
    is_open = serializers.BooleanField(read_only=True, help_text="Whether it goes on; else it can only be read.")
    picture = serializers.SerializerMethodField()
    picture_alt = serializers.SerializerMethodField()
    latitude = ExactField()
    longitude = ExactField()
    distance = DistanceField()

    class Meta:
        model = Group
        fields = [
            "uuid", "slug", "name", "kind", "about_html", "visibility", "join_policy", "place", "time_zone",
            "languages", "effort", "accessibility", "latitude", "longitude", "distance", "next_event_at", "is_member",
            "is_looking", "picture", "is_open", "picture_alt",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": ["string", "null"], "format": "date-time"})
    def get_next_event_at(self, group: Any) -> str | None:
        is_alone = hasattr(group, "meets_at")
        at = group.meets_at if is_alone else next((event.starts_at for event in group.shown_events), None)
        return serializers.DateTimeField().to_representation(at) if at else None

    @extend_schema_field(
        address_shape("The address of its picture (WebP), a small one at `small/` below.", is_null=True)
    )
    def get_picture(self, group: Any) -> str | None:
        is_alone = hasattr(group, "picture_uuid")
        uuid = group.picture_uuid if is_alone else next((picture.uuid for picture in group.shown_pictures), None)
        return address_of(uuid) if uuid else None

    @extend_schema_field({"type": ["string", "null"], "description": "What its picture shows, in words; may be empty."})
    def get_picture_alt(self, group: Any) -> str | None:
        is_alone = hasattr(group, "picture_alt")
        return group.picture_alt if is_alone else next((picture.alt for picture in group.shown_pictures), None)


class GroupInFullSerializer(GroupSerializer):
    """A group by itself. `about` is the Markdown that `about_html` is made of."""

    role = serializers.ChoiceField(
        choices=Role.choices, read_only=True, allow_null=True, help_text="Mine in it; null for who is not in it."
    )

    class Meta(GroupSerializer.Meta):
        fields = read_only_fields = [*GroupSerializer.Meta.fields, "about", "role"]


class GroupNameSerializer(PresentedSerializer[Group], serializers.ModelSerializer[Group]):
    slug = serializers.CharField(read_only=True, **SLUG)

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

    What is left out stays as it was. Whoever just looks answers quietly, unless they say otherwise. `joins` joins the
    open group of the event with the answer.
    """

    answer = serializers.ChoiceField(choices=[(value, _LABELS[value]) for value in ANSWERS])
    guests = serializers.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)
    is_quiet = serializers.BooleanField(required=False, help_text="Hosts see the answer, nobody else.")
    is_first_time = serializers.BooleanField(required=False, help_text="Hosts and the greeter are told.")
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


class EventInFullSerializer(EventSerializer):
    """An event by itself. `about` is the Markdown that `about_html` is made of."""

    greeter_uuid = serializers.UUIDField(
        read_only=True, allow_null=True, help_text="Who greets newcomers, for who may open their page."
    )
    seats_are_kept = serializers.SerializerMethodField(
        help_text="Its free seats are kept for those first in line: who says going may have to wait behind them."
    )

    class Meta(EventSerializer.Meta):
        fields = read_only_fields = [*EventSerializer.Meta.fields, "about", "greeter_uuid", "seats_are_kept"]

    def get_seats_are_kept(self, event: Any) -> bool:
        return event.is_open(clock.now()) and keeps_seats(event)
