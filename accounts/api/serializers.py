"""The shape of a person, as they see themselves."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from accounts.names import clean_display_name
from core.api import PresentedSerializer
from core.errors import InvalidInput

_SETTINGS = [
    "display_name",
    "language",
    "time_zone",
    "first_weekday",
    "quiet_from",
    "quiet_until",
    "weekly_target_minutes",
    "hides_numbers",
    "weekly_message_budget",
    "messages_paused_until",
]


def _named(value: str) -> str:
    try:
        return clean_display_name(value)
    except InvalidInput as error:
        raise serializers.ValidationError(str(error.message), code=error.code) from error


class MeSerializer(PresentedSerializer[User], serializers.ModelSerializer[User]):
    """Settings of the signed-in person. Times are wall-clock times in `time_zone`."""

    is_welcomed = serializers.BooleanField(read_only=True)
    quiet_from = serializers.TimeField(format="%H:%M", required=False)
    quiet_until = serializers.TimeField(format="%H:%M", required=False)

    class Meta:
        model = User
        fields = ["uuid", "email", *_SETTINGS, "joined_at", "is_welcomed"]
        read_only_fields = ["uuid", "email", "joined_at"]
        extra_kwargs: dict[str, Any] = {"display_name": {"trim_whitespace": False, "allow_blank": False}}

    def validate_display_name(self, value: str) -> str:
        return _named(value)


class WelcomeSerializer(MeSerializer):
    """What the welcome asks: all three at once."""

    class Meta(MeSerializer.Meta):
        fields = ["language", "time_zone", "display_name"]
        extra_kwargs = MeSerializer.Meta.extra_kwargs | {
            "language": {"required": True},
            "time_zone": {"required": True},
            "display_name": {"required": True, "trim_whitespace": False, "allow_blank": False},
        }

    is_welcomed = None  # type: ignore[assignment]
    quiet_from = None  # type: ignore[assignment]
    quiet_until = None  # type: ignore[assignment]
