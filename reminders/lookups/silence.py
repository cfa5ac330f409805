"""Silences that their person asked a friend to notice, in days of the person's own zone.

A sign is a log, an answer to an event, a turn-out, or a word to a buddy. A pause is a word too: nothing is noticed
while one lasts, and the silence after it begins with its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet

from core import clock
from groups.models import Noticer
from groups.services.noticers import FEWEST_DAYS
from plans.models import Pause
from plans.resting import resting_on
from reminders.lookups.signs import days_of, signs_of

FROM_HOUR, TO_HOUR = 10, 20  # by the person's clock: the day before this one is over, and noted


@dataclass(frozen=True)
class DueSilence:
    """It has been quiet since the day `since`, as long as the person chose; `today` is their day."""

    noticer: Noticer
    since: date
    today: date

    @property
    def days(self) -> int:
        return (self.today - self.since).days


def due_silences(*, now: datetime) -> Iterator[DueSilence]:
    """Yield the silences that a friend is to be told of, each once: one query, and two for each that is long enough."""
    agreed = _agreed(now)
    zones = set(agreed.values_list("person__time_zone", flat=True).distinct())
    awake = [zone for zone in zones if FROM_HOUR <= now.astimezone(ZoneInfo(zone)).hour < TO_HOUR]
    if not awake:
        return
    for noticer in _with_signs(agreed.filter(person__time_zone__in=awake)):
        due = _silence(noticer, now)
        if due is not None and (noticer.asked_on is None or noticer.asked_on <= due.since):
            yield due


def silence_of(noticer_uuid: str, *, now: datetime) -> DueSilence | None:
    """Return the silence that lasts now, when it is long enough; None when it is not to be noticed."""
    noticer = _with_signs(_agreed(now).filter(uuid=noticer_uuid)).first()
    return _silence(noticer, now) if noticer else None


def _agreed(now: datetime) -> QuerySet[Noticer]:
    """Return what both agreed to long enough ago, of people who take part at present."""
    at_ease = Q(person__suspended_until=None) | Q(person__suspended_until__lte=now)
    return Noticer.objects.agreed().filter(
        at_ease,
        agreed_at__lte=now - timedelta(days=FEWEST_DAYS - 1),
        person__banned_at=None,
        person__is_active=True,
        friend__is_active=True,
    )


def _with_signs(noticers: QuerySet[Noticer]) -> Any:
    return noticers.select_related("person").annotate(**signs_of("person"))


def _silence(noticer: Any, now: datetime) -> DueSilence | None:
    person = noticer.person
    today = clock.local_day(now, person.time_zone)
    days = days_of(noticer, person.time_zone, moments=("agreed_at",))
    quiet_from = today - timedelta(days=noticer.after_days)
    if max(days) > quiet_from:
        return None
    resting = resting_on(person, today)
    if resting.of_all or resting.of_one:
        return None
    rests = Pause.objects.visible_to(person).filter(ends_on__lt=today).aggregate(last=Max("ends_on"))["last"]
    since = max([*days, *([rests] if rests else [])])
    return DueSilence(noticer, since, today) if since <= quiet_from else None
