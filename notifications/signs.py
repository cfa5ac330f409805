"""Signs of life, and what they make of invitations that a person let pass.

A sign is a message read in the inbox, a sign-in, an answer to "fewer?", and what apps above register: a step
logged, an event answered. Opening a mail is none: nobody is watched there.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from accounts.models import User
from core import clock
from notifications.backing_off import ASK_AGAIN, Standing, may_ask
from notifications.models import Delivery, Notification, Pace

BACKED_OFF = "backed_off"
LOOKED_BACK = timedelta(days=365)
STEPS = [timedelta(days=days) for days in (2, 15, 60)]

type Sign = Callable[[Collection[User]], Iterable[tuple[int, datetime]]]

_signs: list[Sign] = []


def register(sign: Sign) -> None:
    """Make a look-up of people's last signs of life known (person, instant); called from `AppConfig.ready`."""
    if sign not in _signs:
        _signs.append(sign)


def last_signs(people: Collection[User]) -> dict[int, datetime]:
    """Return person → when they were last heard from, as far as they were."""
    read = Notification.objects.filter(person__in=people, seen_at__isnull=False).order_by().values_list("person")
    found = [*read.annotate(last=Max("seen_at")), *((person.pk, person.last_login) for person in people)]
    found += [heard for sign in _signs for heard in sign(people)]
    heard: dict[int, datetime] = {}
    for person, instant in found:
        if instant is not None:
            heard[person] = max(instant, heard.get(person, instant))
    return heard


@dataclass(frozen=True)
class _Asked:
    """A message, what its person said about its kind, and when they were last heard from."""

    notification: Notification
    pace: Pace
    sign: datetime | None

    @property
    def looked_back_to(self) -> datetime:
        """Since when earlier ones matter. Of who is there and wants every one, those before their last sign do not."""
        longest = self.notification.created_at - LOOKED_BACK
        return longest if self.sign is None or self.pace.every > 1 else max(longest, self.sign)


def standings_of(notifications: Collection[Notification], now: datetime) -> dict[int, tuple[Standing, bool]]:
    """Return for each how its kind stands with its person before it, and whether it asks "fewer?".

    A fixed number of queries.
    """
    if not notifications:
        return {}
    people = {notification.person_id: notification.person for notification in notifications}
    paces = {(pace.person_id, pace.kind): pace for pace in Pace.objects.filter(person__in=people)}
    signs = last_signs(people.values())
    asked = []
    for each in notifications:
        pace = paces.get((each.person_id, each.kind)) or Pace(person_id=each.person_id, kind=each.kind)
        known = [at for at in (signs.get(each.person_id), pace.answered_at) if at is not None]
        asked.append(_Asked(each, pace, max(known, default=None)))
    past = _past(asked)
    return {one.notification.pk: _standing(one, past, now) for one in asked}


type _Past = Mapping[tuple[int, str], list[tuple[int, datetime, bool]]]


def _past(asked: Collection[_Asked]) -> _Past:
    """Return person and kind → the earlier ones that were sent (True) or backed off: key, when, which."""
    told = Q(state=Delivery.State.SENT) | Q(reason__in=["merged", BACKED_OFF])
    rows = Delivery.objects.filter(told, reduce(or_, _earlier(asked))).values_list(
        "notification__person_id", "notification__kind", "notification_id", "notification__created_at", "reason"
    )
    found = defaultdict(list)
    for person, kind, pk, created_at, reason in rows:
        found[person, kind].append((pk, created_at, reason != BACKED_OFF))
    return found


def _earlier(asked: Collection[_Asked]) -> Iterator[Q]:
    """Yield which messages are earlier ones: a condition for those of a kind who are looked back on about as far."""
    together: dict[tuple[str, timedelta], list[_Asked]] = defaultdict(list)
    for one in asked:
        back = one.notification.created_at - one.looked_back_to
        together[one.notification.kind, next((step for step in STEPS if back <= step), LOOKED_BACK)].append(one)
    for (kind, _step), some in together.items():
        since, people = min(one.looked_back_to for one in some), {one.notification.person_id for one in some}
        yield Q(notification__kind=kind, notification__person__in=people, notification__created_at__gte=since)


def _standing(asked: _Asked, past: _Past, now: datetime) -> tuple[Standing, bool]:
    this, pace, zone = asked.notification, asked.pace, asked.notification.person.time_zone
    earlier = [
        one for one in past.get((this.person_id, this.kind), ()) if one[0] != this.pk and one[1] <= this.created_at
    ]
    sent = {pk: created_at for pk, created_at, was_sent in earlier if was_sent}
    last = max(sent.values(), default=None)
    held = {pk for pk, at, was_sent in earlier if not was_sent and pk not in sent and (last is None or at >= last)}
    heard_on = clock.local_day(asked.sign, zone) if asked.sign else date.min
    today = clock.local_day(this.created_at, zone)
    passed = len({day for at in sent.values() if heard_on < (day := clock.local_day(at, zone)) < today})
    is_kept = pace.every == 1 and pace.answered_at is not None and pace.answered_at > now - ASK_AGAIN
    asks = may_ask(passed=passed, asked_at=pace.asked_at, answered_at=pace.answered_at, due_at=this.created_at)
    return Standing(passed, len(held), pace.every, is_kept), asks
