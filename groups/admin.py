"""Groups as staff see them: to look at, not to act in. Seats change through services alone."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from groups.models import Event, Group, Membership


class LookOnly(ModelAdmin):  # type: ignore[misc]
    """No adding, changing or deleting: each would pass by the line, the seats or the last owner."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(LookOnly):
    list_display = ["name", "kind", "place", "visibility", "join_policy", "created_at"]
    list_filter = ["kind", "visibility", "join_policy"]
    search_fields = ["name", "slug", "place"]


@admin.register(Event)
class EventAdmin(LookOnly):
    list_display = ["title", "group", "starts_at", "time_zone", "status", "capacity", "going_count"]
    list_filter = ["status", "setting"]
    list_select_related = ["group"]
    search_fields = ["title", "group__name"]
    date_hierarchy = "starts_at"


@admin.register(Membership)
class MembershipAdmin(LookOnly):
    list_display = ["person", "group", "role", "joined_at", "left_at", "banned_at"]
    list_filter = ["role"]
    list_select_related = ["person", "group"]
    search_fields = ["person__display_name", "group__name"]
