"""The weeks of people that are about to be over and hold something to look back on, each in its person's own zone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from core import clock
from notifications.models import Notification
from notifications.services.outbox import Message
from plans.models import Enrollment, Pause, SessionLog
from plans.resting import pauses_of, resting_among
from reminders.lookups.zones import where_it_is

KIND = "look_back"
AT = time(18)  # of the last day of the person's week
LATE_BY = timedelta(hours=16)  # after an outage the next morning will do
STALE_AFTER = timedelta(hours=40)  # somebody's quiet hours may come between
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class DueLookBack:
    person_id: int
    person: UUID
    first: date
    due_at: datetime

    @property
    def message(self) -> Message:
        """One for each person and week."""
        first = self.first.isoformat()
        return Message(
            person_id=self.person_id,
            kind=KIND,
            about_id=str(self.person),
            occurrence=first,
            dedupe_key=f"{KIND}:{self.person}:{first}",
            expires_at=self.due_at + STALE_AFTER,
        )


def due_look_backs(*, now: datetime) -> Iterator[DueLookBack]:
    """Yield the weeks to look back on: one query for each day that it is six o'clock on somewhere, three at most."""
    for last, zones in where_it_is(AT, now=now, within=LATE_BY).items():
        first = last - WEEK
        told = Notification.objects.filter(
            person=OuterRef("pk"), kind=KIND, occurrence=first.isoformat(), created_at__gt=now - 2 * LATE_BY
        )
        people = User.objects.get_queryset().filter(
            ~Exists(told),
            pk__in=SessionLog.objects.between(first, last).order_by().values("person"),
            first_weekday=first.weekday(),
            time_zone__in=zones,
            is_active=True,
            banned_at=None,
        )
        for pk, uuid, zone in people.values_list("pk", "uuid", "time_zone").iterator():
            yield DueLookBack(pk, uuid, first, clock.instant_of(last, AT, zone))


@dataclass(frozen=True)
class Weeks:
    """What several people noted on which days, rest from, and follow; each by person."""

    noted: Mapping[int, Set[date]]
    pauses: Mapping[int, list[Pause]]
    followed: Mapping[int, Set[int]]

    def hold_something(self, person: User, first: date) -> bool:
        """Whether there is something to tell of the person's week."""
        return any(first <= day <= first + WEEK for day in self.noted.get(person.pk, ()))

    def rest_altogether(self, person: User, day: date) -> bool:
        """Whether all that the person follows rests on the day."""
        resting = resting_among(self.pauses.get(person.pk, []), day)
        if resting.of_all or not resting.of_one:
            return resting.of_all is not None
        return self.followed.get(person.pk, set()) <= resting.of_one.keys()


def weeks_of(people: Collection[int], firsts: Collection[date]) -> Weeks:
    """Read what is to be known of these people's weeks, those that begin on these days: three queries."""
    noted, followed = defaultdict[int, set[date]](set), defaultdict[int, set[int]](set)
    logs = SessionLog.objects.filter(person__in=people).between(min(firsts), max(firsts) + WEEK)
    for person, day in logs.order_by().values_list("person", "local_on").distinct():
        noted[person].add(day)
    for person, plan in Enrollment.objects.active().filter(person__in=people).values_list("person", "pk"):
        followed[person].add(plan)
    return Weeks(noted, pauses_of(people), followed)
