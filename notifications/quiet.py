"""Quiet hours: pure arithmetic on a person's own wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from core import clock


@dataclass(frozen=True)
class QuietHours:
    """From `begins` to `ends` on the wall in `zone`, usually over midnight. Equal times: no quiet hours."""

    zone: str
    begins: time
    ends: time

    @classmethod
    def of(cls, person: User) -> QuietHours:
        return cls(person.time_zone, person.quiet_from, person.quiet_until)

    def end_around(self, instant: datetime) -> datetime | None:
        """Return when the quiet hours around `instant` end, or None when it is not quiet."""
        local = instant.astimezone(ZoneInfo(self.zone))
        wall, day = local.time(), local.date()
        if self._spans_midnight and wall >= self.begins:
            day += timedelta(days=1)
        elif not (wall < self.ends if self._spans_midnight else self.begins <= wall < self.ends):
            return None
        end = clock.instant_of(day, self.ends, self.zone)
        return end if end > instant else None  # an hour that repeats: its first pass ended the quiet

    def beginning_around(self, instant: datetime) -> datetime:
        """Return when the quiet hours around `instant` began; `instant` must be quiet."""
        local = instant.astimezone(ZoneInfo(self.zone))
        day = local.date()
        if self._spans_midnight and local.time() < self.ends:
            day -= timedelta(days=1)
        return clock.instant_of(day, self.begins, self.zone)

    @property
    def _spans_midnight(self) -> bool:
        return self.begins > self.ends
