"""Whatever people do, in whatever order, seats and line are what a plain list would say."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from core.errors import DomainError, InvalidInput
from groups.models import Event, Group, Membership
from groups.services.events import change_event
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from tests.groups.kit import DECLINED, GOING, MAYBE, assert_seats_are_right, going, line, make_event
from tests.kit.cast import Cast, make_group, make_person

PEOPLE, MOST_GUESTS = 5, 2
numbers = count()
person = st.integers(0, PEOPLE - 1)
steps = st.one_of(
    st.tuples(st.just("answer"), person, st.sampled_from([GOING, GOING, MAYBE, DECLINED]), st.integers(0, MOST_GUESTS)),
    st.tuples(st.just("leave"), person),
    st.tuples(st.just("seats"), st.sampled_from([1, 2, 3, 5, None])),
)


@dataclass
class Plain:
    """What seats mean, without a database: who goes and who waits, each with their guests."""

    seats: int | None
    going: dict[int, int] = field(default_factory=dict)
    line: dict[int, int] = field(default_factory=dict)

    def answer(self, who: int, answer: str, guests: int = 0) -> bool:
        """Return whether the answer is taken; one that is refused changes nothing."""
        if answer != GOING:
            self.going.pop(who, None)
            self.line.pop(who, None)
        elif not self._may_bring(who, guests):
            return False
        elif who in self.going:
            self.going[who] = guests
        else:
            self.line[who] = guests  # a new key is the last, an old one keeps its place
        self.let_in()
        return True

    def _may_bring(self, who: int, guests: int) -> bool:
        held = {**self.going, **self.line}
        if guests <= held.get(who, 0) and who in held:
            return True
        if self.seats is not None and 1 + guests > self.seats:
            return False
        return who not in held or (who in self.going and self._is_room(guests - self.going[who]))

    def _is_room(self, seats: int) -> bool:
        return self.seats is None or (not self.line and self.taken + seats <= self.seats)

    @property
    def taken(self) -> int:
        return sum(1 + guests for guests in self.going.values())

    def leave(self, who: int) -> None:
        self.answer(who, DECLINED)

    def change_seats(self, seats: int | None) -> bool:
        if seats is not None and seats < self.taken:
            return False
        self.seats = seats
        self.let_in()
        return True

    def let_in(self) -> None:
        for who, guests in list(self.line.items()):
            if self.seats is not None and 1 + guests > self.seats:
                continue  # never fits
            if self.seats is not None and self.taken + 1 + guests > self.seats:
                return
            self.going[who] = self.line.pop(who)


@pytest.fixture
def walkers(cast: Cast) -> list[User]:
    return [make_person(f"walker{n}") for n in range(PEOPLE)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seats=st.integers(1, 3), script=st.lists(steps, max_size=25))
def test_any_sequence_keeps_seats_and_line_right(
    walkers: list[User], now: datetime, seats: int, script: list[tuple]
) -> None:
    group = make_group(slug=f"group-{next(numbers)}")
    Membership.objects.bulk_create(Membership(group=group, person=p) for p in walkers)
    event, plain = make_event(group, now, capacity=seats, guests_allowed=MOST_GUESTS), Plain(seats)
    both = Both(group, event, plain, walkers, now)
    for act, *arguments in script:
        getattr(both, act)(*arguments)
        assert_seats_are_right(event)
        assert going(event) == {walkers[n] for n in plain.going}
        assert line(event) == [walkers[n] for n in plain.line]


@dataclass
class Both:
    """Each step in both worlds."""

    group: Group
    event: Event
    plain: Plain
    people: list[User]
    now: datetime

    def answer(self, who: int, answer: str, guests: int) -> None:
        said = {"event": self.event, "person": self.people[who], "answer": answer, "guests": guests, "now": self.now}
        if self.plain.answer(who, answer, guests):
            rsvp(**said)
        else:
            with pytest.raises(DomainError):
                rsvp(**said)

    def leave(self, who: int) -> None:
        leave_group(group=self.group, person=self.people[who], now=self.now)
        join_group(group=self.group, person=self.people[who], now=self.now)
        self.plain.leave(who)

    def seats(self, seats: int | None) -> None:
        if self.plain.change_seats(seats):
            change_event(event=self.event, now=self.now, capacity=seats)
        else:
            with pytest.raises(InvalidInput):
                change_event(event=self.event, now=self.now, capacity=seats)
