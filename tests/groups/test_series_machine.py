"""C5: whatever hosts and members do to a series, in whatever order, answers stay and 18:00 stays 18:00.

A few steps by default. The 10,000: `SERIES_STEPS=10000 pytest tests/groups/test_series_machine.py`.
"""

import os
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.clock import instant_of
from core.errors import DomainError
from groups.models import Event, Membership, Role, Rsvp, Series
from groups.services.events import cancel_event, change_event
from groups.services.following import change_series
from groups.services.memberships import join_group, leave_group
from groups.services.occurrences import extend_all
from groups.services.rsvps import rsvp
from groups.services.series import cancel_series, confirm_series, review_series, start_series
from tests.kit.cast import make_group, make_person

STEPS = int(os.environ.get("SERIES_STEPS", "300"))
A_RUN = 25
BEGIN = datetime(2026, 3, 3, 9, tzinfo=UTC)
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]
RULES = [
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=TU,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYDAY=2SA",
    "FREQ=DAILY",
]
TIMES = [time(2, 30), time(18), time(19, 15)]
HELD = {"going", "waitlisted"}
numbers = count()
who = st.integers(0, 3)
which = st.integers(0, 40)


class SeriesMachine(RuleBasedStateMachine):
    """`said` is what each person's answer must still be; `past` what may never change again."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = BEGIN
        self.said: dict[tuple[int, int], str] = {}
        self.past: dict[int, tuple] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(
        zone=st.sampled_from(ZONES),
        said=st.sampled_from(RULES),
        at=st.sampled_from(TIMES),
        seats=st.sampled_from([None, 2]),
    )
    def begin(self, zone: str, said: str, at: time, seats: int | None) -> None:
        n = next(numbers)
        self.people = [make_person(f"m{n}-{i}") for i in range(4)]
        self.group = make_group(slug=f"machine-{n}", time_zone=zone)
        Membership.objects.bulk_create(Membership(group=self.group, person=p, role=Role.MEMBER) for p in self.people)
        texts = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "capacity": seats}
        start_series(
            group=self.group, starts_on=date(2026, 3, 4), rrule=said, at_time=at, minutes=60, now=self.now, **texts
        )

    def coming(self) -> list[Event]:
        events = Event.objects.filter(group=self.group, starts_at__gt=self.now, status="scheduled")
        return list(events.order_by("starts_at")[:41])

    def pick(self, number: int) -> Event:
        events = self.coming()
        return events[number % len(events)]

    @precondition(lambda self: self.coming())
    @rule(number=which, person=who, answer=st.sampled_from(["going", "going", "maybe", "declined"]))
    def answer(self, number: int, person: int, answer: str) -> None:
        event = self.pick(number)
        rsvp(event=event, person=self.people[person], answer=answer, now=self.now)
        self.said[event.pk, self.people[person].pk] = answer

    @rule(person=who)
    def leave_and_come_back(self, person: int) -> None:
        leaving = self.people[person]
        leave_group(group=self.group, person=leaving, now=self.now)
        join_group(group=self.group, person=leaving, now=self.now)
        over = set(Event.objects.filter(group=self.group, ends_at__lte=self.now).values_list("pk", flat=True))
        self.said = {key: answer for key, answer in self.said.items() if key[1] != leaving.pk or key[0] in over}

    @precondition(lambda self: self.coming())
    @rule(number=which, hours=st.integers(-30, 30))
    def move_one(self, number: int, hours: int) -> None:
        event, by = self.pick(number), timedelta(hours=hours)
        if event.starts_at + by > self.now:
            change_event(event=event, starts_at=event.starts_at + by, ends_at=event.ends_at + by, now=self.now)

    @precondition(lambda self: self.coming())
    @rule(
        number=which,
        said=st.fixed_dictionaries(
            {},
            optional={
                "rrule": st.sampled_from(RULES), "at_time": st.sampled_from(TIMES), "title": st.just("Round"),
                "capacity": st.sampled_from([None, 1, 2, 3]),
            },
        ),
    )  # fmt: skip
    def change_following(self, number: int, said: dict) -> None:
        event = self.pick(number)
        with suppress(DomainError):  # e.g. a rule with no day left before the series ends
            change_series(series=event.series, since=event.occurs_on, now=self.now, **said)

    @precondition(lambda self: self.coming())
    @rule(number=which)
    def call_off_one(self, number: int) -> None:
        cancel_event(event=self.pick(number), now=self.now)

    @precondition(lambda self: self.coming())
    @rule(number=st.integers(20, 40))
    def call_off_following(self, number: int) -> None:
        event = self.pick(number)
        cancel_series(series=event.series, since=event.occurs_on, now=self.now)

    @rule()
    def keep_going(self) -> None:
        for series in Series.objects.filter(group=self.group, ended_at=None, followed_by=None):
            confirm_series(series=series, now=self.now)

    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for event in Event.objects.filter(group=self.group, starts_at__lte=self.now):
            self.past.setdefault(event.pk, facts(event))

    @rule()
    def tick(self) -> None:
        extend_all(now=self.now)
        assert extend_all(now=self.now) == 0
        review_series(now=self.now)

    @invariant()
    def answers_are_kept(self) -> None:
        found = {(a.event_id, a.person_id): a.status for a in Rsvp.objects.filter(event__group=self.group)}
        assert found.keys() == self.said.keys()
        for key, answer in self.said.items():
            assert found[key] in HELD if answer == "going" else found[key] == answer

    @invariant()
    def counters_equal_a_recount(self) -> None:
        for event in Event.objects.filter(group=self.group):
            going = Rsvp.objects.filter(event=event).going().count()
            assert event.going_count == going
            assert event.capacity is None or going <= event.capacity
            waits = Rsvp.objects.filter(event=event).in_line().exists()
            assert not (waits and event.has_seat and event.is_open(self.now))

    @invariant()
    def the_time_on_the_clocks_is_kept(self) -> None:
        plain = Event.objects.filter(group=self.group, starts_at__gt=self.now, is_changed_alone=False)
        for event in plain.filter(status="scheduled").select_related("series"):
            series = event.series
            assert event.starts_at == instant_of(event.occurs_on, series.at_time, series.time_zone)
            wall = event.starts_at.astimezone(ZoneInfo(series.time_zone)).time()
            assert wall == series.at_time or series.at_time == time(2, 30)

    @invariant()
    def what_is_past_stays(self) -> None:
        now_facts = {event.pk: facts(event) for event in Event.objects.filter(pk__in=self.past)}
        assert now_facts == self.past

    @invariant()
    def never_two_on_a_day(self) -> None:
        days = list(Event.objects.filter(group=self.group).values_list("occurs_on", flat=True))
        assert len(days) == len(set(days))


def facts(event: Event) -> tuple:
    return event.occurs_on, event.starts_at, event.ends_at, event.title, event.status, event.place


class ForgetfulMachine(SeriesMachine):
    """The control: a change that makes the meetings anew instead of moving them."""

    @precondition(lambda self: self.coming())
    @rule()
    def change_forgetfully(self) -> None:
        Event.objects.filter(series__isnull=False, starts_at__gt=self.now).delete()


class DriftingMachine(SeriesMachine):
    """The control: meetings a week of hours apart, as if no clock ever changed."""

    @precondition(lambda self: self.coming())
    @rule()
    def make_by_hours(self) -> None:
        first, *rest = self.coming()
        for event in rest:
            apart = timedelta(days=(event.occurs_on - first.occurs_on).days)
            Event.objects.filter(pk=event.pk).update(
                starts_at=first.starts_at + apart, ends_at=first.starts_at + apart + timedelta(hours=1)
            )


def run(machine: type[SeriesMachine], steps: int, *phases: Phase, always_the_same: bool = False) -> None:
    chosen = settings(
        max_examples=max(1, steps // A_RUN),
        stateful_step_count=A_RUN,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=phases or tuple(Phase),
        derandomize=always_the_same,
    )
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.django_db
def test_answers_and_local_time_survive_whatever_is_done() -> None:
    run(SeriesMachine, STEPS)


@pytest.mark.django_db
@pytest.mark.parametrize("control", [ForgetfulMachine, DriftingMachine])
def test_the_machine_notices_what_it_must(control: type[SeriesMachine]) -> None:
    with pytest.raises(AssertionError):
        # That it fails is enough: the shortest way to it is not looked for, and no luck is needed.
        run(control, 2500, Phase.generate, always_the_same=True)
