"""The one clock. Front doors read it and pass the instant down; nothing below them asks the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return the current instant in UTC, or the one set by `frozen_at`."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Make `now` answer `instant` inside the block (tests and previews)."""
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def local_day(instant: datetime, zone: str) -> date:
    """Return the calendar day of `instant` in the IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def week_of(day: date, first_weekday: int) -> tuple[date, date]:
    """Return the first and last day of the week that `day` is in; Monday is 0."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return first, first + timedelta(days=6)


def instant_of(day: date, wall: time, zone: str) -> datetime:
    """Return the UTC instant of a wall-clock time.

    A time that a clock change skips becomes the first instant that exists after it; a time
    that occurs twice means its first pass.
    """
    tz = ZoneInfo(zone)
    local = datetime.combine(day, wall.replace(fold=0), tzinfo=tz)
    instant = local.astimezone(UTC)
    if instant.astimezone(tz).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local, tz)


def has_day(day: date, zone: str) -> bool:
    """Return whether the zone had this calendar day: one that moves over the date line skips a whole day."""
    return local_day(instant_of(day, time(12), zone), zone) == day


def _end_of_gap(skipped: datetime, tz: ZoneInfo) -> datetime:
    """Return the instant at which the clock has jumped over `skipped`, to the second."""
    low = skipped.astimezone(UTC) - timedelta(days=1)
    high = low + timedelta(days=2)
    wall = skipped.replace(tzinfo=None)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
