"""What is told of a message: that there is one. What it says is made when it is read, from what is true then."""

from rest_framework import serializers

from mindmove.sync.shapes.base import Shape
from notifications.models import Notification


class MessageShape(Shape[Notification]):
    """`message_kind` is a kind of `/api/v1/me/messages/settings/`, which says its name."""

    uuid = serializers.UUIDField(read_only=True)
    message_kind = serializers.CharField(source="kind", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    is_read = serializers.SerializerMethodField()

    def get_is_read(self, message: Notification) -> bool:
        return message.seen_at is not None
