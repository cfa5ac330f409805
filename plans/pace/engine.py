"""Walking through what happened, one moment after the other, to where the person is today.

A round is one pass through a stretch (a week, or a day). It ends when each of its steps has been
done in it; then the next stretch opens, or the same one is offered again, as often as anybody likes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from plans.pace.facts import Done, Fact, Turn, Way, moments, was_ill
from plans.pace.outline import EFFORTS, Outline, Rules
from plans.pace.position import Code, Gap, Position, Reason

BEGINNING = Reason(Code.FIRST)


def replay(outline: Outline, rules: Rules, facts: Iterable[Fact], today: date) -> Position:
    """Return where somebody is in the plan on the day `today`. The order of the facts does not matter."""
    walk = Walk(outline, rules, frozenset(facts))
    for moment in moments(walk.facts):
        if isinstance(moment, Done):
            walk.do(moment)
        else:
            walk.turn(moment)
    walk.arrive(today)
    return walk.position(today)


@dataclass
class Walk:
    """What is known after a moment. `place` is the stretch; past the last one, the plan is complete."""

    outline: Outline
    rules: Rules
    facts: frozenset[Fact]
    place: int = 0
    done: set[int] = field(default_factory=set)  # in this round
    easy: set[int] = field(default_factory=set)  # of them, those that felt manageable
    early: dict[int, bool] = field(default_factory=dict)  # done before their week came → felt manageable
    ever: set[int] = field(default_factory=set)
    comfortable: int | None = None
    worked: int = 0  # the last stretch that something was done of in its round
    last_on: date | None = None
    gap: Gap = Gap.NONE  # what the present gap has asked for so far
    why: Reason = BEGINNING

    @property
    def is_complete(self) -> bool:
        return self.place >= len(self.outline.stretches)

    @property
    def ways(self) -> set[Way]:
        """Which words on the pace make sense: on and again once something of this round is done."""
        found = {Way.AGAIN, Way.ON} if self.done else set()
        if self.is_complete:
            found = {Way.AGAIN} if self.outline.stretches else set()
        return found | {Way.BACK} if self.place > 0 and len(self.outline.stretches) > 1 else found

    def arrive(self, day: date) -> None:
        """Come to a day. After a gap, begin where the plan's rule says; a longer gap never leads further up."""
        if self.last_on is None or self.is_complete:
            return
        gap = Gap.of((day - self.last_on).days, self.rules)
        is_ill = gap < Gap.RESTART and was_ill(self.facts, since=self.last_on, before=day)
        gap = max(gap, Gap.BACK) if is_ill else gap
        if gap <= self.gap:
            return
        self.gap = gap
        if gap > Gap.SMALL:
            self.come_back(gap, is_ill=is_ill)

    def come_back(self, gap: Gap, *, is_ill: bool) -> None:
        known = self.comfortable or 0
        start = max(0, {Gap.REPEAT: known, Gap.BACK: known - 1, Gap.RESTART: 0}[gap])
        start = self.within_reach(min(start, self.place))
        self.early.clear()
        self.enter(start, Reason(self._code_of(gap, start, is_ill=is_ill)))

    def do(self, act: Done) -> None:
        self.arrive(act.on)
        self.gap = Gap.NONE
        self.last_on = max(act.on, self.last_on or act.on)
        step_id = self.outline.own_ids.get(act.step) if act.step is not None else None
        if step_id is None:
            return
        self.ever.add(step_id)
        is_easy = act.is_floor or EFFORTS[act.intensity] <= EFFORTS[self.outline.by_id[step_id].intensity]
        place = self.outline.places[step_id]
        if place > self.place:
            self.early[step_id] = is_easy or self.early.get(step_id, False)
        elif place == self.place:
            self.count({step_id: is_easy})

    def count(self, steps: dict[int, bool]) -> None:
        """Take steps into this round; the last of them ends it."""
        if not steps:
            return
        self.worked = self.place
        self.done |= set(steps)
        self.easy |= {step_id for step_id, is_easy in steps.items() if is_easy}
        total = len(self.outline.stretches[self.place])
        if len(self.done) < total:
            return
        easy = len(self.easy)
        if self.rules.is_comfortable(easy, total):
            self.comfortable = self.place
            self.enter(self.place + 1, Reason(Code.MOVED_ON, easy, total))
        else:
            self.enter(self.place, Reason(Code.AGAIN))

    def enter(self, place: int, why: Reason) -> None:
        """Begin a round. What was done of it before its time stays done."""
        self.place, self.why = place, why
        self.done, self.easy = set(), set()
        if not self.is_complete:
            here = [step.id for step in self.outline.stretches[place]]
            self.count({step_id: self.early.pop(step_id) for step_id in here if step_id in self.early})

    def turn(self, said: Turn) -> None:
        """Follow the person's word, where it makes sense; else let it pass."""
        self.arrive(said.on)
        if said.way not in self.ways:
            return
        if said.way is Way.ON:
            if self.rules.is_comfortable(len(self.easy), len(self.done)):
                self.comfortable = self.place  # they say so, and what was done of it felt manageable
            self.enter(self.place + 1, Reason(Code.CHOSE_ON))
        elif said.way is Way.AGAIN:
            self.enter(min(self.place, len(self.outline.stretches) - 1), Reason(Code.CHOSE_AGAIN))
        else:
            self.enter(self.within_reach(self.place - 1), Reason(Code.CHOSE_BACK))

    def within_reach(self, place: int) -> int:
        """Go down from `place` to a week that asks for no more than one may grow to from the last one worked in."""
        while self.outline.is_too_much(place, after=self.worked, growth=self.rules.growth):
            place -= 1
        return place

    def position(self, today: date) -> Position:
        return Position(
            outline=self.outline,
            offered=self._offered(),
            place=self.place,
            reason=self._reason(),
            gap=self.gap,
            gap_days=max(0, (today - self.last_on).days) if self.last_on else None,
            done_in_round=frozenset(self.done),
            done_ever=frozenset(self.ever),
            early=frozenset(self.early),
            ways=frozenset(self.ways),
            comfortable=self.comfortable,
            last_on=self.last_on,
        )

    def _offered(self) -> int | None:
        if self.is_complete:
            return None
        return next(step.id for step in self.outline.stretches[self.place] if step.id not in self.done)

    def _reason(self) -> Reason:
        if self.is_complete:
            return Reason(Code.COMPLETE)
        if self.gap is Gap.SMALL:
            return Reason(Code.SMALL)
        if self.done and self.gap is Gap.NONE:
            return Reason(Code.GOING_ON, len(self.done), len(self.outline.stretches[self.place]))
        return self.why

    def _code_of(self, gap: Gap, start: int, *, is_ill: bool) -> Code:
        """Name what `start` is to the person, which may lie further down than the rule says."""
        if is_ill or gap is Gap.RESTART:
            return Code.ILL if is_ill else Code.RESTART
        if gap is Gap.REPEAT and start == self.comfortable:
            return Code.REPEAT
        if gap is Gap.BACK and start + 1 == self.comfortable:
            return Code.BACK
        return Code.FIRST_AGAIN if start == 0 else Code.AFRESH
