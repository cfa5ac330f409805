"""People who have gone quiet, on the days on which they are invited back (`reminders.coming_back`).

A silence is counted from what somebody did, from the first day of a plan, or from the end of a pause. Whatever else
shows that they are there, an answer, a turn-out, a day put elsewhere, keeps it from being told of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from core import clock
from groups.models import Event, Rsvp
from notifications.models import Notification
from notifications.services.outbox import Message
from plans.models import DayChange, Enrollment, Pause, SessionLog, Turn
from reminders.coming_back import DAYS, LATE_BY, invitation_on, quiet_before
from reminders.lookups.signs import days_of, last, signs_of
from reminders.lookups.zones import where_it_is

KIND = "come_back"
FROM, UNTIL = time(10), time(20)  # by the person's clock
TOLD_LATELY = timedelta(days=LATE_BY + 2)
DAY = timedelta(days=1)
OTHER_MOMENTS = ("began_at", "ended_at", "moved_at", "turned_at")
OTHER_DAYS = ("starts_on", "rested_until")


@dataclass(frozen=True)
class Invitation:
    """`person` has been quiet since the day `since`; it is the invitation of day `day` of the silence."""

    person: User
    since: date
    day: int
    today: date

    @property
    def occurrence(self) -> str:
        return f"{self.since.isoformat()}/{self.day}"

    @property
    def message(self) -> Message:
        """One for each silence and day of it."""
        return Message(
            person_id=self.person.pk,
            kind=KIND,
            about_id=str(self.person.uuid),
            occurrence=self.occurrence,
            dedupe_key=f"{KIND}:{self.person.uuid}:{self.occurrence}",
            expires_at=clock.instant_of(self.today, UNTIL, self.person.time_zone),
        )


def due_invitations(*, now: datetime) -> Iterator[Invitation]:
    """Yield whom to invite now: one query for each day that it is somewhere, three at most."""
    told = Notification.objects.filter(person=OuterRef("pk"), kind=KIND, created_at__gt=now - TOLD_LATELY)
    for today, zones in where_it_is(FROM, now=now, within=_until(UNTIL) - _until(FROM)).items():
        found = User.objects.get_queryset().filter(
            ~Exists(told), pk__in=_quiet_since(today), time_zone__in=zones, is_active=True, banned_at=None
        )
        for person in _with_signs(found, today, now).iterator(chunk_size=500):
            is_its_day = clock.local_day(now, person.time_zone) == today  # not one that the zone skipped
            if is_its_day and (invitation := _invitation(person, today)):
                yield invitation


def invitation_of(person: User, *, now: datetime) -> Invitation | None:
    """Return what the person is to be invited with today; None for whoever is there, rests, or has stopped."""
    today = clock.local_day(now, person.time_zone)
    found = _with_signs(User.objects.get_queryset().filter(pk=person.pk, banned_at=None), today, now).first()
    return _invitation(found, today) if found else None


def _until(wall: time) -> timedelta:
    return timedelta(hours=wall.hour)


def _quiet_since(today: date) -> Any:
    """Return those for whom something was last done, begun or over on a day that the invitations are counted from."""
    days = [today - DAY * (day + late) for day in DAYS for late in range(LATE_BY + 1)]
    logged = SessionLog.objects.filter(local_on__in=days).order_by().values("person")
    begun = Enrollment.objects.active().filter(starts_on__in=days).order_by().values("person")
    return logged.union(begun, Pause.objects.whose_ended(days))


def _with_signs(people: Any, today: date, now: datetime) -> Any:
    own = {"person": OuterRef("pk")}
    plans, of_plans = Enrollment.objects.filter(**own), {"enrollment__person": OuterRef("pk")}
    going = Rsvp.objects.going().filter(**own, event__starts_at__gt=now, event__status=Event.Status.SCHEDULED)
    return people.annotate(
        **signs_of("pk"),
        began_at=last(plans, "created_at"),
        starts_on=last(plans.filter(ended_at=None), "starts_on"),
        ended_at=last(plans, "ended_at"),
        moved_at=last(DayChange.objects.filter(**of_plans), "created_at", person="enrollment__person"),
        turned_at=last(Turn.objects.filter(**of_plans), "taken_at", person="enrollment__person"),
        rested_until=last(Pause.objects.filter(**own, ends_on__lt=today), "ends_on"),
        is_resting=Exists(Pause.objects.filter(**own).on(today)),
        is_going=Exists(going),
        follows=Exists(plans.filter(ended_at=None)),
    )


def _invitation(person: Any, today: date) -> Invitation | None:
    if person.is_resting or person.is_going or (person.ended_at and not person.follows):
        return None
    counted = [day for day in (person.logged_on, person.starts_on, person.rested_until) if day is not None]
    if not counted:
        return None
    since = max(counted)
    day = invitation_on((today - since).days)
    if day is None:
        return None
    signs = days_of(person, person.time_zone, moments=OTHER_MOMENTS, days=OTHER_DAYS)
    return Invitation(person, since, day, today) if max(signs) <= today - DAY * quiet_before(day) else None
