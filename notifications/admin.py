"""The ledger for operators: what was due, sent, held back or given up. Read only; there are no bodies to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from notifications.models import Delivery, Notification, Preference


class Ledger(ModelAdmin):  # type: ignore[misc]
    """Nothing can be added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(Ledger):
    list_display = ["notification", "channel", "state", "reason", "attempts", "next_attempt_at", "sent_at"]
    list_filter = ["state", "channel", "reason", "notification__kind"]
    list_select_related = ["notification"]
    search_fields = ["notification__dedupe_key", "message_id"]
    date_hierarchy = "next_attempt_at"
    exclude = ["unsubscribe_hash"]


@admin.register(Notification)
class NotificationAdmin(Ledger):
    list_display = ["kind", "occurrence", "due_at", "expires_at", "dedupe_key"]
    list_filter = ["kind"]
    search_fields = ["dedupe_key", "about_id"]
    exclude = ["person"]


@admin.register(Preference)
class PreferenceAdmin(Ledger):
    list_display = ["kind", "channel", "is_wanted", "changed_at"]
    list_filter = ["kind", "is_wanted"]
    exclude = ["person"]
