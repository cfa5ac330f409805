"""C1 and C2 with every door at once: pages, API, mail links, a host, guests, seats that become more and fewer.

Run with `-s` for the table of races: rounds kept with the lock, rounds broken without it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

import pytest

from accounts.models import User
from core import clock
from core.errors import InvalidInput
from groups.models import Event, Membership, Role, Rsvp
from groups.services.events import change_event
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from tests.faults import doors
from tests.faults.doors import Door
from tests.faults.parallel import Act, all_at_once
from tests.faults.test_c1_c2_seats import make_full_event, make_people, without_protection
from tests.groups.kit import DECLINED, GOING, going, line

__all__ = ["without_protection"]
pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

PEOPLE, EARLY, ROUNDS, MOST_LUCK = 60, 8, 20, 5
FEW, MORE, MANY = 9, 10, 12  # seats before the rush; raised to many and put to ten in it, in any order
DOORS: list[Callable[[User], Door]] = [
    doors.by_page,
    doors.by_api,
    doors.from_maybe,
    doors.by_mail,
    doors.by_host,
    doors.by_page_with_a_guest,
    doors.by_api_with_two_guests,
]


@dataclass
class Crowd:
    """Everybody who comes at once, each with their door, and those who were there before."""

    early: list[User]
    rush: dict[User, Door]


@pytest.fixture
def crowd(db: None) -> Crowd:
    people = make_people(PEOPLE, "walker")
    rush = {person: door(person) for person, door in zip(people, cycle(DOORS), strict=False)}
    return Crowd(make_people(EARLY, "early"), rush)


def around(event: Event, early: list[User]) -> list[Act]:
    """What happens to the seats meanwhile: some leave, some give back, one brings a guest, a host changes the seats."""
    now = clock.now()

    def seats(number: int) -> Act:
        return lambda: change_event(event=event, now=now, capacity=number) and None

    return [
        *(lambda p=p: leave_group(group=event.group, person=p, now=now) for p in early[:4]),
        *(lambda p=p: rsvp(event=event, person=p, answer=DECLINED, now=now) and None for p in early[4:7]),
        lambda: rsvp(event=event, person=early[7], answer=GOING, guests=0, now=now) and None,
        seats(MANY),
        seats(MORE),
    ]


def what_broke(number: int, crowd: Crowd) -> str:
    """Let everybody come at once; return what is not as promised, or nothing."""
    event = make_full_event(number, [*crowd.early, *crowd.rush], going=crowd.early, waiting=[], seats=FEW)
    Event.objects.filter(pk=event.pk).update(guests_allowed=2, going_count=EARLY + 1)
    Rsvp.objects.filter(event=event, person=crowd.early[7]).update(guests=1)
    owner = event.group.owner
    Membership.objects.get_or_create(group=event.group, person=owner, defaults={"role": Role.OWNER})
    acts = [door(event) for door in crowd.rush.values()]

    answers = all_at_once([*acts, *around(event, crowd.early)])

    refused = [answer for answer in answers if answer not in {None, 200, 302}]
    event.refresh_from_db()
    waiting = list(Rsvp.objects.filter(event=event).in_line())
    seats = sum(answer.seats for answer in Rsvp.objects.filter(event=event).going())
    stay = {*crowd.rush, crowd.early[7]}
    return next(
        (
            words
            for words, is_so in {
                "more than seats": seats > (event.capacity or 0),
                "an error": any(not _is_fewer_seats_refused(answer) for answer in refused),
                "a wrong count": event.going_count != seats,
                "a seat free for the first in line": bool(waiting) and waiting[0].seats <= (event.seats_left or 0),
                "somebody without answer": going(event) | set(line(event)) != stay,
            }.items()
            if is_so
        ),
        "",
    )


def _is_fewer_seats_refused(answer: object) -> bool:
    """Nobody is sent away: ten seats are refused when more are taken already."""
    return isinstance(answer, InvalidInput) and answer.code == "seats_taken"


def table(title: str, broken: list[str]) -> None:
    kinds = ", ".join(f"{broken.count(kind)} x {kind}" for kind in sorted(set(broken) - {""}))
    print(f"\n{title:<24} {broken.count(''):>2} kept  {ROUNDS - broken.count(''):>2} broken  {kinds}")  # noqa: T201


def test_every_door_at_once(crowd: Crowd) -> None:
    broken = [what_broke(number, crowd) for number in range(ROUNDS)]
    table("with the lock", broken)
    assert broken == [""] * ROUNDS


def test_control_without_the_lock_it_breaks(crowd: Crowd, without_protection: None) -> None:
    broken = [what_broke(number, crowd) for number in range(ROUNDS)]
    table("without the lock", broken)
    assert broken.count("") <= MOST_LUCK
