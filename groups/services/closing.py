"""Closing a group, and opening it again. What was said and done there stays to be read by its people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from groups.models import Event, Group, Role
from groups.services.calling_off import all_runs, end_runs, lock_all_series
from groups.services.events import call_off
from groups.services.memberships import lock_group
from groups.services.requests import end_requests_to
from groups.services.roles import membership_of
from groups.services.rsvps import lock_events
from groups.services.telling import answers_to, news_of_cancelled
from notifications.services.outbox import notify_all


def close_group(*, group: Group, by: User, now: datetime) -> Group:
    """Let a group end: what recurs ends, coming events are called off, whoever answered or asked to join is told.

    Twice is once. A meeting that is under way goes on. Nobody joins, writes or plans there from now on.
    """
    with transaction.atomic():
        return close(_owned(group, by), now=now)


def close(locked: Group, *, now: datetime) -> Group:
    """Let a locked group end, whoever decided so; twice is once."""
    if locked.closed_at is not None:
        return locked
    runs = all_runs(lock_all_series(locked), now=now)
    events = lock_events(Event.objects.filter(group=locked, starts_at__gt=now).scheduled())
    answers = answers_to(events)
    outcome = end_runs(runs, events, answers, now=now)
    call_off([*outcome.off, *outcome.left], now=now)
    waiting = end_requests_to(locked, now=now)
    notify_all([*outcome.news, *news_of_cancelled(outcome.left, answers), *waiting], now=now)
    return _set_closed(locked, now)


def reopen_group(*, group: Group, by: User, now: datetime) -> Group:
    """Let a closed group go on. What was called off stays called off."""
    require_good_standing(by, now=now)
    with transaction.atomic():
        return _set_closed(_owned(group, by), None)


def _owned(group: Group, by: User) -> Group:
    locked = lock_group(group)
    if membership_of(locked, by).role != Role.OWNER:
        raise NotPermitted("not_an_owner", _("This is for those who own the group."))
    return locked


def _set_closed(group: Group, at: datetime | None) -> Group:
    group.closed_at = at
    group.save(update_fields=["closed_at"])
    return group
