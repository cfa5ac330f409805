"""The shape of messages, receipts and choices."""

from typing import Any

from rest_framework import serializers

from notifications.backing_off import EVERY
from notifications.choices import Choice
from notifications.inbox import Entry
from notifications.kinds import Kind
from notifications.models import Delivery
from notifications.receipts import Receipt
from notifications.services.pace import ANSWERS

MOST = 100


class MessageSerializer(serializers.Serializer[Entry]):
    """One message, in the language asked for, from what is true now. `path` is empty when it leads nowhere any more.

    `about_kind` and `about_id` name what an app shows instead of that page: an `event`, `series`, `group` or `post`, a
    `decision` or `report`, `buddies` or a `noticer`. Both are empty where it is about no one thing.
    """

    uuid = serializers.UUIDField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField()
    text = serializers.CharField()
    path = serializers.CharField()
    about_kind = serializers.CharField()
    about_id = serializers.UUIDField(allow_null=True)
    why = serializers.CharField()
    created_at = serializers.DateTimeField()
    is_read = serializers.BooleanField()


class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField(max_value=100)


class SeenSerializer(serializers.Serializer[Any]):
    """Which were read: by their UUIDs, or all up to an instant."""

    uuids = serializers.ListField(child=serializers.UUIDField(), max_length=MOST, required=False)
    until = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError({"uuids": "Name messages, or an instant."})
        return attrs


class WaySerializer(serializers.Serializer[Any]):
    channels = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=Delivery.State.choices)
    state_label = serializers.CharField()
    note = serializers.CharField()


class ReceiptSerializer(serializers.Serializer[Receipt]):
    """Why a message was for me, and how it fared."""

    uuid = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    at = serializers.DateTimeField()
    why = serializers.CharField()
    ways = WaySerializer(many=True)


class SwitchSerializer(serializers.Serializer[Any]):
    channel = serializers.ChoiceField(choices=Delivery.Channel.choices)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    is_wanted = serializers.BooleanField()


class ChoiceSerializer(serializers.Serializer[Choice]):
    """One kind of message. `every`: of so many one is sent; null where each one is."""

    kind = serializers.CharField()
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    why = serializers.CharField(read_only=True)
    switches = SwitchSerializer(many=True)
    every = serializers.IntegerField(allow_null=True)


class ChangeSerializer(serializers.Serializer[Any]):
    """A change to one kind: some of its channels, or how often."""

    needed_in_change = ("kind",)
    kind = serializers.CharField(max_length=40)
    switches = SwitchSerializer(many=True, required=False)
    every = serializers.ChoiceField(choices=EVERY, required=False)


class QuestionSerializer(serializers.Serializer[Kind]):
    """“Would you like fewer of these?”, lately asked of a kind of message, and not answered yet."""

    kind = serializers.CharField(source="name")
    label = serializers.CharField()  # type: ignore[assignment]
    why = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    """What somebody says to “Would you like fewer of these?”."""

    kind = serializers.CharField(max_length=40)
    answer = serializers.ChoiceField(choices=ANSWERS)
