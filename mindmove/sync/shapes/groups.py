"""What is told of groups, their events and my answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from groups.api.places import ExactField
from groups.api.serializers import AnswerSerializer
from groups.models import Event, Group
from groups.models.outings import Company, Setting
from mindmove.sync.shapes.base import Shape

PICTURE = "Of its picture: the file is at `/api/v1/pictures/{uuid}/`. A new picture has a new one."


class GroupShape(Shape[Group]):
    """A group that I am in, and as what."""

    uuid = serializers.UUIDField(read_only=True)
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    group_kind = serializers.ChoiceField(source="kind", choices=Group.Kind.choices, read_only=True)
    about_html = serializers.CharField(read_only=True)
    visibility = serializers.ChoiceField(choices=Group.Visibility.choices, read_only=True)
    join_policy = serializers.ChoiceField(choices=Group.JoinPolicy.choices, read_only=True)
    place = serializers.CharField(read_only=True)
    time_zone = serializers.CharField(read_only=True)
    languages = serializers.CharField(read_only=True)
    effort = serializers.ChoiceField(choices=Group.Effort.choices, read_only=True)
    accessibility = serializers.CharField(read_only=True)
    latitude = ExactField()
    longitude = ExactField()
    is_open = serializers.BooleanField(read_only=True, help_text="Whether it goes on; else it can only be read.")
    role = serializers.CharField(read_only=True, help_text="Mine: owner, host, moderator or member.")
    is_looking = serializers.BooleanField(read_only=True, help_text="I am in it without taking part.")
    joined_at = serializers.DateTimeField(read_only=True)
    picture = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uuid", "description": PICTURE})
    def get_picture(self, group: Any) -> str | None:
        return str(group.shown_pictures[0].uuid) if group.shown_pictures else None


class EventShape(Shape[Event]):
    """Instants are UTC, `time_zone` is the place's; `capacity` None means no limit."""

    uuid = serializers.UUIDField(read_only=True)
    group = serializers.UUIDField(source="group.uuid", read_only=True)
    group_slug = serializers.CharField(source="group.slug", read_only=True)
    group_name = serializers.CharField(source="group.name", read_only=True)
    title = serializers.CharField(read_only=True)
    about_html = serializers.CharField(read_only=True)
    starts_at = serializers.DateTimeField(read_only=True)
    ends_at = serializers.DateTimeField(read_only=True)
    time_zone = serializers.CharField(read_only=True)
    place = serializers.CharField(read_only=True)
    setting = serializers.ChoiceField(choices=Setting.choices, read_only=True)
    effort = serializers.ChoiceField(choices=Group.Effort.choices, read_only=True)
    company = serializers.ChoiceField(choices=Company.choices, read_only=True, allow_blank=True)
    status = serializers.ChoiceField(choices=Event.Status.choices, read_only=True)
    capacity = serializers.IntegerField(read_only=True, allow_null=True)
    going_count = serializers.IntegerField(read_only=True)
    guests_allowed = serializers.IntegerField(read_only=True)
    is_newcomer_friendly = serializers.BooleanField(read_only=True)
    where_to_stand = serializers.CharField(read_only=True)
    how_it_goes = serializers.CharField(read_only=True)
    pace = serializers.CharField(read_only=True)
    toilets = serializers.CharField(read_only=True)
    leaving_early = serializers.CharField(read_only=True)
    latitude = ExactField()
    longitude = ExactField()
    series = serializers.UUIDField(source="series.uuid", read_only=True, allow_null=True, default=None)
    occurs_on = serializers.DateField(read_only=True, allow_null=True)


class RsvpShape(AnswerSerializer):
    """My answer to an event. `position` is 1 for the next to get a seat."""

    event = serializers.UUIDField(source="event.uuid", read_only=True)

    class Meta(AnswerSerializer.Meta):
        fields = ["event", *AnswerSerializer.Meta.fields]
        read_only_fields = fields
