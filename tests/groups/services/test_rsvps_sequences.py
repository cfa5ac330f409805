"""Whatever people do, in whatever order, seats and line are what a plain list would say."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from core.errors import InvalidInput
from groups.models import Event, Group, Membership
from groups.services.events import change_event
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from tests.groups.kit import DECLINED, GOING, MAYBE, assert_seats_are_right, going, line, make_event
from tests.kit.cast import Cast, make_group, make_person

PEOPLE = 5
numbers = count()
person = st.integers(0, PEOPLE - 1)
steps = st.one_of(
    st.tuples(st.just("answer"), person, st.sampled_from([GOING, GOING, MAYBE, DECLINED])),
    st.tuples(st.just("leave"), person),
    st.tuples(st.just("seats"), st.sampled_from([1, 2, 3, None])),
)


@dataclass
class Plain:
    """What seats mean, without a database."""

    seats: int | None
    going: list[int] = field(default_factory=list)
    line: list[int] = field(default_factory=list)

    def answer(self, who: int, answer: str) -> None:
        if answer != GOING:
            self.going = [p for p in self.going if p != who]
            self.line = [p for p in self.line if p != who]
        elif who not in self.going + self.line:
            self.line.append(who)
        self.let_in()

    def leave(self, who: int) -> None:
        self.answer(who, DECLINED)

    def change_seats(self, seats: int | None) -> bool:
        if seats is not None and seats < len(self.going):
            return False
        self.seats = seats
        self.let_in()
        return True

    def let_in(self) -> None:
        while self.line and (self.seats is None or len(self.going) < self.seats):
            self.going.append(self.line.pop(0))


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
    event, plain = make_event(group, now, capacity=seats), Plain(seats)
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

    def answer(self, who: int, answer: str) -> None:
        rsvp(event=self.event, person=self.people[who], answer=answer, now=self.now)
        self.plain.answer(who, answer)

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
