"""The inbox: reading shows, posting marks as read."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.visibility import get_visible
from notifications import inbox as letterbox
from notifications.choices import questions_for
from notifications.models import Notification
from notifications.services.inbox import mark_all_seen, mark_seen


@require_safe
@members_only
def inbox(request: MemberRequest) -> HttpResponse:
    """What I was told, newest first."""
    now = clock.now()
    entries, following = letterbox.page_of(request.user, before=request.GET.get("before", ""), now=now)
    context = {"entries": entries, "following": following, "now": now, "questions": questions_for(request.user, now)}
    return render(request, "notifications/inbox.html", context)


@require_POST
@members_only
def open_message(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Mark it as read, and go where it leads."""
    now = clock.now()
    found = get_visible(Notification.objects.in_inbox(), request.user, uuid=uuid)
    mark_seen(person=request.user, uuids=[found.uuid], now=now)
    path = letterbox.entry_of(found, request.user, now=now).path
    return redirect(path if path and "stay" not in request.POST else "notifications:inbox")


@require_POST
@members_only
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark as read what was there when the page was made."""
    now = clock.now()
    mark_all_seen(person=request.user, until=_instant(request.POST.get("until", "")) or now, now=now)
    return redirect("notifications:inbox")


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """How many wait, for a page that is open; a visitor's page does not ask. Unchanged: 304."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    count = letterbox.unread_count(request.user, clock.now())
    answer = HttpResponse(str(count), content_type="text/plain", headers={"Cache-Control": "private, no-cache"})
    answer["ETag"] = etag = f'"{count}"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
