"""The ledger for operators: what is due, sent, held back or given up. Read only; no words or addresses to read.

One thing can be done: to give what was given up another chance.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from core import clock
from notifications.models import Delivery, Notification, Preference
from notifications.services.replay import replay


class Ledger(ModelAdmin):  # type: ignore[misc]
    """Nothing can be added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DueFilter(admin.SimpleListFilter):
    """What waits although its time has come."""

    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("due and not sent yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        is_due = {"state": Delivery.State.PENDING, "next_attempt_at__lte": clock.now()}
        return queryset.filter(**is_due) if self.value() == "now" else queryset


@admin.register(Delivery)
class DeliveryAdmin(Ledger):
    actions = ["replay"]
    list_display = ["notification", "channel", "state", "reason", "attempts", "next_attempt_at", "sent_at"]
    list_filter = [DueFilter, "state", "channel", "reason", "notification__kind"]
    list_select_related = ["notification"]
    search_fields = ["notification__dedupe_key", "message_id"]
    date_hierarchy = "next_attempt_at"
    exclude = ["unsubscribe_hash", "subscription", "lease_id", "merged_into"]

    @admin.action(description=_("Try again what was given up"), permissions=["replay"])
    def replay(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Put the dead ones among the chosen back into the queue, and note who did."""
        replayed = replay(deliveries=queryset.values_list("pk", flat=True), now=clock.now())
        for delivery in replayed:
            self.log_change(request, delivery, "replayed")
        words = ngettext("%d message will be tried again.", "%d messages will be tried again.", len(replayed))
        messages.success(request, words % len(replayed))

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("notifications.replay_delivery")


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
