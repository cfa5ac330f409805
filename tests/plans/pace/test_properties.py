"""Whatever somebody does, leaves, says and rests from, the next step is a sound one.

Each property is also tried on a variant that is wrong on purpose, so that it is known to notice.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import Phase, event, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from library.dose import allowed_next
from plans import pace
from plans.pace import Code, Done, Fact, Outline, Pause, Position, Rules, Turn, engine
from plans.pace.facts import moments
from tests.plans.pace.kit import cases, noon, rest

type Case = tuple[Outline, Rules, list[Fact], date]
MANY = settings(max_examples=200, deadline=None)
CONTROL = settings(max_examples=4000, deadline=None, database=None, phases=[Phase.generate])


def is_sound(outline: Outline, position: Position) -> bool:
    """Complete, or a step of the plan that is not done in this round, with all before it in the round done."""
    if position.offered is None:
        return position.is_complete and position.ahead(3) == [] and position.reason.code is Code.COMPLETE
    stretch = [step.id for step in outline.stretches[position.place]]
    before = stretch[: stretch.index(position.offered)]
    return set(before) <= position.done_in_round < set(stretch) and position.offered not in position.done_in_round


def walk_through(case: Case) -> Iterable[tuple[Position, Position, Fact]]:
    """Yield the position before each moment (on that day), the one after it, and the moment."""
    outline, rules, facts, _today = case
    pauses = [fact for fact in facts if isinstance(fact, Pause)]
    told: list[Fact] = list(pauses)
    for moment in moments(frozenset(facts)):
        before = pace.replay(outline, rules, told, moment.on)
        told.append(moment)
        yield before, pace.replay(outline, rules, told, moment.on), moment


def offers(case: Case) -> list[tuple[Position, int]]:
    """Return each position that is offered on the way, with the minutes of the week last worked in."""
    outline, rules, facts, today = case
    found, worked = [], 0
    for before, after, moment in walk_through(case):
        found.append((before, worked))
        if isinstance(moment, Done):
            step = moment.step and outline.own_ids.get(moment.step)
            if step and not before.is_complete and outline.places[step] == before.place:
                worked = before.place
            passed = range(before.place + 1, after.place)  # weeks that had all been done before they came
            worked = max([worked, *passed]) if after.place > before.place else worked
        if not after.is_complete and after.done_in_round:
            worked = after.place  # something of it was done before it came
        found.append((after, worked))
    found.append((pace.replay(outline, rules, facts, today), worked))
    return found


def asks_too_much(case: Case) -> bool:
    outline, rules, *_ = case
    return any(
        not position.is_complete
        and position.place > 0
        and outline.minutes[position.place] > allowed_next(outline.minutes[worked], rules.growth)
        for position, worked in offers(case)
    )


def returns_above(case: Case) -> bool:
    """Whether a return begins above the last comfortable week (the first week, if none was)."""
    outline, rules, facts, today = case
    told = [fact for fact in facts if not isinstance(fact, Turn)]
    last = pace.replay(outline, rules, told, today)
    if not last.is_welcome_back:
        return False
    return last.place > (comfortable_weeks(outline, rules, told) or [0])[-1]


def comfortable_weeks(outline: Outline, rules: Rules, facts: list[Fact]) -> list[int]:
    """Count by hand, from the positions on the way: a week that ended with enough that felt manageable."""
    found = []
    for before, after, moment in walk_through((outline, rules, facts, date.max)):
        if isinstance(moment, Done) and not before.is_complete and after.place > before.place:
            found += range(before.place, after.place)
    return found


@MANY
@given(case=cases())
def test_any_life_ends_in_a_sound_next_step_or_at_the_end(case: Case) -> None:
    outline, rules, facts, today = case
    position = pace.replay(outline, rules, facts, today)
    event(position.reason.code)
    event(f"gap {position.gap.name}")
    assert is_sound(outline, position)
    assert len(position.ahead(3)) <= 3
    assert position.ahead(1) == ([position.offered] if position.offered else [])
    assert position.done == len({outline.own_ids[f.step] for f in facts if isinstance(f, Done) and f.step})


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_no_week_is_offered_that_grows_faster_than_it_may(case: Case) -> None:
    event(f"weeks {len(case[0].stretches)}")
    assert not asks_too_much(case)


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_no_return_begins_above_the_last_comfortable_week(case: Case) -> None:
    assert not returns_above(case)


@settings(max_examples=120, deadline=None)
@given(case=cases())
def test_never_more_than_one_week_ahead_of_what_was_done(case: Case) -> None:
    outline = case[0]
    reached = 0
    for _before, after, moment in walk_through(case):
        if isinstance(moment, Done) and moment.step:
            reached = max(reached, outline.places[moment.step])
        assert after.place <= reached + 1


@MANY
@given(case=cases(), random=st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_telling_twice_say_nothing(case: Case, random) -> None:
    outline, rules, facts, today = case
    shuffled = [*facts, *random.choices(facts, k=3)] if facts else []
    random.shuffle(shuffled)
    event(f"facts {len(facts) // 10}0+")
    assert pace.replay(outline, rules, shuffled, today) == pace.replay(outline, rules, facts, today)
    assert pace.replay(outline, rules, facts, today) == pace.replay(outline, rules, facts, today)


@MANY
@given(case=cases(), first=st.integers(0, 200), days=st.integers(0, 60), is_ill=st.booleans())
def test_a_pause_adds_no_debt(case: Case, first: int, days: int, is_ill: bool) -> None:
    outline, rules, facts, today = case
    without = pace.replay(outline, rules, [f for f in facts if not isinstance(f, Pause)], today)
    paused = [*(f for f in facts if not isinstance(f, Pause)), rest(first, first + days, ill=is_ill)]
    position = pace.replay(outline, rules, paused, today)
    if not is_ill:
        assert position == without
    assert position.done == without.done
    assert position.gap_days == without.gap_days


@MANY
@given(case=cases(), more=st.integers(0, 100))
def test_a_longer_gap_never_leads_further_up(case: Case, more: int) -> None:
    outline, rules, facts, today = case
    now = pace.replay(outline, rules, facts, today)
    later = pace.replay(outline, rules, facts, today + timedelta(days=more))
    assert later.place <= now.place
    assert later.gap >= now.gap


@MANY
@given(case=cases())
def test_what_is_ahead_is_what_comes_when_all_goes_comfortably(case: Case) -> None:
    outline, rules, facts, today = case
    facts = [f for f in facts if isinstance(f, Done) and f.is_floor]  # all of it felt manageable
    position = pace.replay(outline, rules, facts, today)
    late = max([f.at for f in facts], default=noon(today))
    came = []
    for number, step in enumerate(position.ahead(6), start=1):
        came.append(pace.replay(outline, rules, facts, today).offered)
        facts.append(Done(today, late + timedelta(minutes=number), step, is_floor=True))
    assert came == position.ahead(6)


@MANY
@given(case=cases())
def test_the_ways_that_are_offered_lead_somewhere(case: Case) -> None:
    outline, rules, facts, today = case
    position = pace.replay(outline, rules, facts, today)
    late = max([f.at for f in facts if not isinstance(f, Pause)], default=noon(today)) + timedelta(minutes=1)
    for way in pace.Way:
        turned = pace.replay(outline, rules, [*facts, Turn(today, late, way)], today)
        event(f"{way} {way in position.ways}")
        if way not in position.ways:
            assert turned == position
        else:
            assert turned != position
            assert is_sound(outline, turned)


# Controls: each property notices a walk that is wrong on purpose ------------------------------------
def noticed(wrong) -> bool:
    try:
        find(cases(), wrong, settings=CONTROL)
    except NoSuchExample:
        return False
    return True


def test_control_moving_two_weeks_on_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    right = engine.Walk.enter

    def hasty(walk: engine.Walk, place: int, why: pace.Reason) -> None:
        right(walk, place + 1 if why.code is Code.CHOSE_ON and place + 1 < len(walk.outline.stretches) else place, why)

    monkeypatch.setattr(engine.Walk, "enter", hasty)
    assert noticed(asks_too_much)


def test_control_going_back_to_a_heavier_week_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.Walk, "within_reach", lambda _walk, place: place)
    assert noticed(asks_too_much)


def test_control_returning_to_the_week_in_progress_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stay(walk: engine.Walk, _gap: pace.Gap, **_why: bool) -> None:
        walk.enter(walk.place, pace.Reason(Code.AFRESH))

    monkeypatch.setattr(engine.Walk, "come_back", stay)
    assert noticed(returns_above)


def test_control_facts_in_their_order_of_arrival_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_they_came(outline: Outline, rules: Rules, facts: list[Fact], today: date) -> Position:
        walk = engine.Walk(outline, rules, frozenset(facts))
        for fact in facts:
            if isinstance(fact, Done):
                walk.do(fact)
            elif isinstance(fact, Turn):
                walk.turn(fact)
        return walk.position(today)

    assert noticed(lambda case: as_they_came(*case) != as_they_came(case[0], case[1], case[2][::-1], case[3]))


def test_control_a_pause_that_counts_as_activity_is_noticed() -> None:
    def with_pauses_as_deeds(case: Case) -> Position:
        outline, rules, facts, today = case
        deeds = [Done(f.first, noon(f.first), None, key="pause") for f in facts if isinstance(f, Pause)]
        return pace.replay(outline, rules, [*(f for f in facts if not isinstance(f, Pause)), *deeds], today)

    def differs(case: Case) -> bool:
        outline, rules, facts, today = case
        bare = [f for f in facts if not isinstance(f, Pause)]
        return pace.replay(outline, rules, bare, today).gap_days != with_pauses_as_deeds(case).gap_days

    assert noticed(differs)


@given(of=st.integers(1, 50), percent=st.integers(1, 100))
def test_the_share_that_felt_manageable_is_rounded_up(of: int, percent: int) -> None:
    enough = [easy for easy in range(of + 1) if Rules(percent).is_comfortable(easy, of)]
    assert enough == list(range(ceil(of * percent / 100), of + 1))
