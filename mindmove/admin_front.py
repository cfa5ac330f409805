"""The front page of the admin: what waits, for each kind of staff."""

from typing import Any

from django.http import HttpRequest

from library.admin import desk as library_desk
from moderation import desk as moderation_desk


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the editors' desk for those who read drafts, and the moderators' for those who look after reports."""
    if request.user.has_perm("moderation.change_report"):
        context["waiting"] = moderation_desk.waiting()
    return library_desk.dashboard(request, context)
