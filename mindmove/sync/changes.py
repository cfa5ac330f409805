"""What changed for a person since a cursor: compare, note the differences, read a page of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, cast

from django.db.models import Q

from accounts.models import SyncClock, SyncEntry, User
from accounts.services.sync import note_differences, tell_again
from accounts.shadow import Clock, Name, Told
from mindmove.sync.comparing import shadow_of
from mindmove.sync.cursors import Cursor
from mindmove.sync.kinds import KINDS
from mindmove.sync.reading import contents_of


@dataclass(frozen=True)
class Change:
    """One thing as it is now; without data it is gone, or no longer theirs to see."""

    kind: str
    key: str
    data: Any

    @property
    def gone(self) -> bool:
        return self.data is None


@dataclass(frozen=True)
class Page:
    """Some changes, oldest first, and the cursor to ask with next."""

    changes: list[Change]
    cursor: str
    has_more: bool


type Row = tuple[Name, Told]


def changes_since(cursor: Cursor | None, person: User, *, page_size: int, now: datetime) -> Page:
    """Return the next page after the cursor (None: from nothing).

    Raises Gone when the cursor counts no more.
    """
    today = now.astimezone(UTC).date()
    if cursor and cursor.waits:
        rows = _waiting(cursor, person, page_size + 1)
        if len(rows) > page_size:  # what is told now is old enough; what is new comes once this has been read
            return _page(cursor, rows, 0, person, page_size=page_size, today=today)
    look = partial(shadow_of, person, today)
    is_first = cursor is None and not SyncClock.objects.visible_to(person).exists()  # then all of it is a difference
    shadow = None if is_first else look()
    if cursor and shadow:
        cursor.check(shadow.clock)
    if shadow is None or shadow.clock is None or shadow.differences():
        shadow = note_differences(person=person, look=look, now=now)
    clock = cast("Clock", shadow.clock)
    at = cursor or Cursor(clock.epoch, 0, base=clock.position)
    return _page(at, shadow.beyond(at.position, base=at.base), clock.position, person, page_size=page_size, today=today)


def _waiting(cursor: Cursor, person: User, most: int) -> list[Row]:
    """Return the next of what was told already, without comparing anything."""
    clock = SyncClock.objects.visible_to(person).first()
    cursor.check(clock.known if clock else None)
    known = ~Q(gone_at__isnull=False, position__lte=cursor.base)
    rows = SyncEntry.objects.visible_to(person).filter(known, position__gt=cursor.position).order_by("position")
    told = rows.values_list("kind", "key", "version", "position")[:most]
    return [((kind, key), Told(version, position)) for kind, key, version, position in told]


def _page(at: Cursor, rows: list[Row], last: int, person: User, *, page_size: int, today: date) -> Page:
    """Return the first of the rows with their contents; `last` is where the shadow ends when there are no more."""
    shown, has_more = rows[:page_size], len(rows) > page_size
    found = contents_of([name for name, told in shown if not told.is_gone], person, today=today)
    moved = [name for name, told in shown if not told.is_gone and (name not in found or found[name][0] != told.version)]
    if moved:
        tell_again(person=person, names=moved)
    changes = [
        Change(kind, KINDS[kind].public_key(key), found[kind, key][1] if (kind, key) in found else None)
        for (kind, key), _told in shown
    ]
    cursor = at.at(shown[-1][1].position if has_more else last, waits=has_more)
    return Page(changes, str(cursor), has_more)
