"""Closing a group, and opening it again. What was said and done there stays to be read by its people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from groups.models import Event, Group, Membership, Series
from groups.models.groups import GroupQuerySet
from groups.rules import is_owner
from groups.services.calling_off import all_runs, call_off, lock_all
from groups.services.memberships import lock_group


def close_group(*, group: Group, by: User, now: datetime) -> None:
    """Let a group end: what recurs ends, coming events are called off, and whoever answered is told.

    Twice is once. A meeting that is under way goes on. Nobody joins, writes or plans there from now on; what somebody
    asked to join by has expired, of which they are told soon (`expire_requests`).
    """
    with transaction.atomic():
        if not close_as_owner(group=group.uuid, by=by, now=now):
            locked = lock_group(group)
            _require_owner(locked, by)
            close(locked, now=now)  # they came to own it, or it was opened again, while this waited


def close_as_owner(*, group: UUID, by: User, now: datetime) -> bool:
    """Close the group at an address, for who is found to own it; for everybody else, or once it is closed: False.

    One statement waits for the group's lock and closes it. Whether they own it still is asked when that is won.
    """
    owned = Membership.objects.owning().filter(person=by)
    here = Group.objects.filter(uuid=group)
    with transaction.atomic():
        if not here.filter(pk__in=owned.values("group"), closed_at=None).update(closed_at=now):
            return False
        series = lock_all(Series.objects.filter(group__in=here), by)
        if not (any(is_owner(by, one) for one in series.values()) or owned.filter(group__in=here).exists()):
            raise _not_an_owner()
        _call_off_all(here, series, now)
        return True


def close(locked: Group, *, now: datetime) -> None:
    """Let a locked group end, whoever decided so; twice is once."""
    if locked.closed_at is not None:
        return
    here = Group.objects.filter(pk=locked.pk)
    _call_off_all(here, lock_all(Series.objects.filter(group__in=here)), now)
    _set_closed(locked, now)


def reopen_group(*, group: Group, by: User, now: datetime) -> None:
    """Let a closed group go on. What was called off stays called off."""
    require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        _require_owner(locked, by)
        _set_closed(locked, None)


def _call_off_all(here: GroupQuerySet, series: dict[int, Series], now: datetime) -> None:
    """Call off what is to come in the one locked group that is `here`. `series`: all that it has, locked."""
    coming = Event.objects.filter(group__in=here, starts_at__gt=now)
    call_off(coming, ending=all_runs(series, now=now), now=now)


def _require_owner(locked: Group, person: User) -> None:
    if not Membership.objects.owning().filter(group=locked, person=person).exists():
        raise _not_an_owner()


def _not_an_owner() -> NotPermitted:
    return NotPermitted("not_an_owner", _("This is for those who own the group."))


def _set_closed(group: Group, at: datetime | None) -> None:
    group.closed_at = at
    group.save(update_fields=["closed_at"])
