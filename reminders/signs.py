"""What people did lately that shows they are there: an invitation is no longer one that they let pass."""

from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.db.models import Max

from accounts.models import User
from core import clock
from groups.models import BuddyWord, Rsvp
from plans.models import DayChange, SessionLog


def last_signs(people: Collection[User]) -> Iterator[tuple[int, datetime]]:
    """Yield person and instant: a step logged, a day put elsewhere, an event answered, a word said to a buddy.

    A fixed number of queries; whoever never did one of these is left out of it.
    """
    zones = {person.pk: person.time_zone for person in people}
    logs = SessionLog.objects.filter(person__in=zones)
    yield from logs.order_by().values_list("person").annotate(last=Max("created_at"))
    changes = DayChange.objects.filter(enrollment__person__in=zones)
    yield from changes.order_by().values_list("enrollment__person").annotate(last=Max("created_at"))
    answers = Rsvp.objects.filter(person__in=zones)
    yield from answers.order_by().values_list("person").annotate(last=Max("answered_at"))
    words = BuddyWord.objects.filter(person__in=zones).order_by().values_list("person").annotate(last=Max("local_on"))
    yield from ((person, clock.instant_of(said_on, time(12), zones[person])) for person, said_on in words)
