"""Weeks apart: random edits on two phones and the web, uploads in any order over a rough road, then all together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import httpx
from phone.app import Phone
from phone.sending import Ended
from phone.store import Store

from accounts.models import User
from accounts.services.people import confirm_address
from core import clock
from groups.models import Group
from tests.kit.cast import PASSWORD, make_group, make_person
from tests.kit.week.oracle import Oracle
from tests.kit.week.road import Road
from tests.kit.week.sides import FIELDS, WEEK, OnPhone, OnTheWeb, Side
from tests.kit.world import make_event
from tests.plans.kit import make_enrollment, make_mechanism, make_plan, make_type

SITE = "http://testserver"
SLUGS = ["behavioural-activation", "endorphins", "sleep"]
ROUGH_TRIES = 12  # a phone tries so often at the end of a week, before the road is good again
A_SYNC_IN = 25  # edits
NEAR = 6  # the latest logs are changed, so that the sides meet


@dataclass
class Figures:
    operations: Counter[str] = field(default_factory=Counter)
    weeks: int = 0
    syncs: int = 0
    conflicts: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


class Apart:
    """One person with two phones and a browser."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.dice, self.now = Random(seed), now
        self.road, self.oracle, self.figures = Road(self.dice), Oracle(), Figures()
        self.person = self._person()
        self.phones = [OnPhone(name, self._phone()) for name in ("phone one", "phone two")]
        self.web = OnTheWeb(self.person)
        self.sides: list[Side] = [*self.phones, self.web]
        self.group, self.plan = self._surroundings()
        self.events: list[str] = []
        self.number = 0

    def _person(self) -> User:
        person = make_person("asha")
        confirm_address(person=person)
        return person

    def _phone(self) -> Phone:
        phone = Phone(SITE, Store(":memory:"), self.road)
        phone.sign_in(self.person.email, PASSWORD)
        return phone

    def _surroundings(self) -> tuple[Group, str]:
        make_type("walking")
        for slug in SLUGS:
            make_mechanism(slug)
        group = make_group()
        group.memberships.create(person=self.person)
        plan = make_enrollment(self.person, make_plan(), starts_on=self.now.date())
        return group, str(plan.uuid)

    # A week -----------------------------------------------------------------------------------------
    def week(self, edits: int) -> None:
        """Let everybody write for a week, and bring them together at its end."""
        events = [make_event(self.group, self.now, starts_at=self.now + 2 * WEEK, ends_at=self.now + 3 * WEEK)]
        self.events = [str(event.uuid) for event in events]
        self.road.is_rough = True
        for _ in range(edits):
            self.now += WEEK / edits
            with clock.frozen_at(self.now):
                self._edit(self.dice.choice(self.sides))
                if self.dice.random() < 1 / A_SYNC_IN:
                    self._try(self.dice.choice(self.phones))
        self._bring_together()
        self.figures.weeks += 1

    def _edit(self, side: Side) -> None:
        acts: dict[str, tuple[int, Callable[[Side], None]]] = {
            "make": (3, self._make),
            "change": (6, self._change),
            "delete": (1, self._delete),
            "answer": (1, self._answer),
            "move": (1, self._move),
            "mark": (1, self._mark),
        }
        name = self.dice.choices(list(acts), [weight for weight, _act in acts.values()])[0]
        self.figures.operations[name] += 1
        acts[name][1](side)

    def _make(self, side: Side) -> None:
        fields = {"minutes": self.dice.randint(1, 90), "intensity": self._intensity(), "note": self._word()}
        self.oracle.note_made(side.name, side.make(self.now, fields), fields)

    def _change(self, side: Side) -> None:
        """Change some fields of one of the latest logs, so that the sides meet."""
        logs = side.logs()
        if not logs:
            return self._make(side)
        key = self.dice.choice(self.oracle.latest(logs, NEAR))
        told = {
            "minutes": self.dice.randint(1, 90), "intensity": self._intensity(), "note": self._word(),
            "mood_after": self.dice.randint(1, 7), "setting": self.dice.choice(["home", "green", "water", "street"]),
        }  # fmt: skip
        fields = {name: told[name] for name in self.dice.sample(FIELDS, self.dice.randint(1, 2))}
        self.oracle.note_changed(side.name, key, logs[key], fields)
        side.change(self.now, key, fields)
        return None

    def _delete(self, side: Side) -> None:
        if logs := side.logs():
            key = self.dice.choice(self.oracle.latest(logs, NEAR))
            self.oracle.deleted.add(key)
            side.delete(self.now, key)

    def _answer(self, side: Side) -> None:
        side.answer(self.now, self.dice.choice(self.events), self.dice.choice(["going", "maybe", "declined"]))

    def _move(self, side: Side) -> None:
        """Days beyond the week, so that whatever is said today still can be said at its end."""
        day = (self.now + timedelta(days=self.dice.randint(9, 12))).date()
        to = day + timedelta(days=self.dice.randint(-1, 3))
        if self.dice.random() < 1 / 3:
            side.undo(self.plan, day)
        else:
            side.move(self.now, self.plan, day, to if to != day else None)

    def _mark(self, side: Side) -> None:
        sense = self.dice.choice(["bookmark", "read"])
        side.mark(self.now, sense, self.dice.choice(SLUGS), is_on=self.dice.random() < 2 / 3)

    def _intensity(self) -> str:
        return self.dice.choice(["light", "moderate", "vigorous"])

    def _word(self) -> str:
        """A word that nobody else ever writes."""
        self.number += 1
        return f"word{self.number}"

    # Together ---------------------------------------------------------------------------------------
    def _bring_together(self) -> None:
        with clock.frozen_at(self.now):
            for _ in range(ROUGH_TRIES):
                self._try(self.dice.choice(self.phones))
            self.road.is_rough = False
            for phone in [*self.phones, *self.phones]:  # the first reads what the second said after it
                self._try(phone)
            self._compare()

    def _try(self, side: OnPhone) -> None:
        self.figures.syncs += 1
        try:
            ended = side.phone.sync()
        except httpx.TransportError:
            return
        if not self.road.is_rough and ended is not Ended.EMPTY:
            self.figures.faults.append(f"{side.name} has something left to say")

    def _compare(self) -> None:
        there = self.web.state()
        for side in self.phones:
            here = side.state()
            self.figures.faults += [
                f"week {self.figures.weeks}, {side.name}: {what} differ: {_difference(here[what], there[what])}"
                for what in there
                if here[what] != there[what]
            ]
            self.figures.refused += len(side.store.refused())
        self.figures.faults += self.oracle.faults(there["logs"])
        self.figures.conflicts += self.oracle.conflicts()
        self.oracle.next_week()


def _difference(here: object, there: object) -> str:
    if isinstance(here, dict) and isinstance(there, dict):
        keys = [key for key in {**here, **there} if here.get(key) != there.get(key)]
        return "; ".join(f"{key}: {here.get(key)} / {there.get(key)}" for key in keys[:3])
    return f"{here} / {there}"
