"""Weeks, rounds, words on the pace and gaps, one by one."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from plans import pace
from plans.pace import Code, Fact, Gap, Outline, Position, Rules, Way
from plans.pace.wording import SENTENCES, sentence
from tests.plans.pace.kit import CONTENT, day, did, plan, rest, said, through, written

RULES = Rules()
WALKS = plan([10, 10], [12, 12], [14, 14], [16, 16])  # 101, 102 · 201, 202 · 301, 302 · 401, 402
FIVE = plan([10] * 5, [12] * 5)
SO_FAR = through(101, 102, 201, 202, 301)  # in the third week, the second was comfortable; last on day 4


def where(facts: list[Fact], on: int, outline: Outline = WALKS, rules: Rules = RULES) -> Position:
    return pace.replay(outline, rules, facts, day(on))


# Rounds ------------------------------------------------------------------------------------------
def test_it_begins_at_the_beginning() -> None:
    position = where([], 30)
    assert (position.offered, position.reason.code, position.gap_days) == (101, Code.FIRST, None)
    assert position.ahead(3) == [101, 102, 201]
    assert position.ways == frozenset()


def test_one_step_after_the_other() -> None:
    position = where(through(101), 1)
    assert (position.offered, position.reason) == (102, pace.Reason(Code.GOING_ON, 1, 2))
    assert position.ways == {Way.ON, Way.AGAIN}
    assert (position.done, position.total) == (1, 8)


@pytest.mark.parametrize(("hard", "place", "code"), [(0, 1, Code.MOVED_ON), (1, 1, Code.MOVED_ON), (2, 0, Code.AGAIN)])
def test_four_of_five_manageable_open_the_next_week(hard: int, place: int, code: Code) -> None:
    facts = [did(n, 101 + n, effort="vigorous" if n < hard else "light") for n in range(5)]
    position = where(facts, 5, FIVE)
    assert (position.place, position.reason.code) == (place, code)


def test_the_small_version_is_manageable_however_hard_it_was() -> None:
    facts = [did(0, 101, effort="vigorous", floor=True), did(1, 102, effort="vigorous", floor=True)]
    assert where(facts, 2).offered == 201


def test_a_week_is_offered_again_as_often_as_wished() -> None:
    facts = through(101, 102, 101, 102, 101, 102, effort="vigorous")
    position = where(facts, 6)
    assert (position.offered, position.reason.code, position.done) == (101, Code.AGAIN, 2)
    assert where([*facts, *through(101, 102, start=6)], 8).offered == 201


def test_a_step_of_another_week_moves_nothing_and_stays_done() -> None:
    assert where(through(101, 302), 2).offered == 102
    position = where(through(302, 101, 102, 201, 202), 5)
    assert (position.offered, position.ahead(3)) == (301, [301, 401, 402])
    assert where(through(302, 101, 102, 201, 202, 301), 6).offered == 401


def test_the_last_week_ends_the_plan() -> None:
    position = where(through(101, 102, 201, 202, 301, 302, 401, 402), 400)
    assert (position.is_complete, position.reason.code, position.ahead(3)) == (True, Code.COMPLETE, [])
    assert (position.is_welcome_back, position.is_small_first) == (False, False)


def test_what_a_step_was_copied_from_counts_for_it() -> None:
    own = Outline.of([pace.Step(1, 1, 10, 1, "light", aliases=(901,)), pace.Step(2, 1, 10, 1, "light")])
    assert pace.replay(own, RULES, [did(0, 901)], day(0)).offered == 2


def test_a_plan_without_steps_is_complete() -> None:
    assert where([did(0, 101), said(1, Way.AGAIN)], 9, Outline.of([])).is_complete


# Words on the pace ------------------------------------------------------------------------------
def test_on_needs_something_done_in_this_round() -> None:
    assert where([said(0, Way.ON)], 0).offered == 101
    position = where([did(0, 101), said(0, Way.ON), said(0, Way.ON, hour=11)], 1)
    assert (position.offered, position.reason.code) == (201, Code.CHOSE_ON)


def test_on_in_the_last_week_completes_the_plan() -> None:
    assert where([*through(101, 102), did(2, 201), said(2, Way.ON)], 3, plan([10, 10], [12, 12])).is_complete


def test_again_begins_the_round_anew() -> None:
    position = where([did(0, 101), said(0, Way.AGAIN)], 1)
    assert (position.offered, position.reason.code, position.done_in_round) == (101, Code.CHOSE_AGAIN, frozenset())


def test_back_goes_one_week_back_and_never_below_the_first() -> None:
    facts = [*through(101, 102), said(1, Way.BACK)]
    position = where(facts, 2)
    assert (position.offered, position.reason.code, position.ways) == (101, Code.CHOSE_BACK, frozenset())
    assert where([*facts, said(1, Way.BACK, hour=11)], 2) == position


def test_after_the_end_the_last_week_may_be_walked_again() -> None:
    facts = through(101, 102, 201, 202, 301, 302, 401, 402)
    assert where(facts, 8).ways == {Way.AGAIN, Way.BACK}
    assert where([*facts, said(8, Way.AGAIN)], 8).offered == 401


# Gaps --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "offered", "code", "small"),
    [
        *[(1, 302, Code.GOING_ON, False), (3, 302, Code.GOING_ON, False)],
        *[(4, 302, Code.SMALL, True), (5, 302, Code.SMALL, True), (6, 302, Code.SMALL, True)],
        *[(7, 201, Code.REPEAT, True), (13, 201, Code.REPEAT, True)],
        *[(14, 101, Code.BACK, True), (20, 101, Code.BACK, True), (59, 101, Code.BACK, True)],
        *[(60, 101, Code.RESTART, True), (90, 101, Code.RESTART, True)],
    ],
)
def test_after_a_gap(days: int, offered: int, code: Code, small: bool) -> None:
    position = where(SO_FAR, 4 + days)
    assert (position.offered, position.reason.code, position.is_small_first) == (offered, code, small)
    assert position.gap_days == days
    assert position.is_welcome_back == (days >= 7)
    assert position.done == 5


@pytest.mark.parametrize(("days", "offered"), [(1, 302), (5, 201), (20, 101), (90, 101)])
def test_a_plan_has_rules_of_its_own(days: int, offered: int) -> None:
    rules = Rules(small_after_days=2, repeat_after_days=3, back_after_days=20, restart_after_days=30)
    assert where(SO_FAR, 4 + days, rules=rules).offered == offered


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
@pytest.mark.parametrize("days", [1, 5, 20, 90])
def test_after_a_gap_in_the_ten_plans(path, days: int) -> None:
    _slug, outline = written(path)
    stretches = [[step.id for step in stretch] for stretch in outline.stretches]
    flat = [step for stretch in stretches[:3] for step in stretch][:-1]  # all but the last step of the third
    position = pace.replay(outline, RULES, through(*flat, effort="light"), day(len(flat) - 1 + days))
    last = min(len(stretches), 3) - 1
    expected = {1: outline.steps[len(flat)].id, 5: outline.steps[len(flat)].id}
    expected |= {20: stretches[max(0, last - 2)][0], 90: stretches[0][0]}
    assert position.offered == expected[days]
    assert position.is_small_first == (days != 1)


def test_nothing_comfortable_yet_leads_to_the_first_week() -> None:
    position = where(through(101), 10)
    assert (position.offered, position.reason.code) == (101, Code.FIRST_AGAIN)


def test_going_on_after_a_return_is_going_on() -> None:
    position = where([*SO_FAR, did(24, 101)], 25)
    assert (position.offered, position.reason.code) == (102, Code.GOING_ON)


def test_a_word_on_the_pace_after_a_return_leads_from_there() -> None:
    assert where([*SO_FAR, said(11, Way.BACK)], 12).offered == 101
    assert where([*SO_FAR, said(11, Way.BACK)], 4 + 14).offered == 101


@pytest.mark.parametrize("reason", ["travel", "busy"])
def test_a_pause_is_a_gap_like_any_other(reason: str) -> None:
    assert where([*SO_FAR, rest(5, 9)], 10) == where(SO_FAR, 10)


@pytest.mark.parametrize(("last", "on", "offered"), [(5, 6, 302), (6, 7, 101), (None, 7, 101), (9, 10, 101)])
def test_after_an_illness_of_two_days_one_week_earlier(last: int | None, on: int, offered: int) -> None:
    position = where([*SO_FAR, rest(5, last, ill=True)], on)
    assert position.offered == offered
    assert (position.reason.code is Code.ILL) == (offered == 101)


def test_an_illness_that_is_over_says_nothing_more() -> None:
    position = where([*SO_FAR, rest(5, 7, ill=True), did(8, 101)], 9)
    assert (position.offered, position.reason.code) == (102, Code.GOING_ON)
    assert where([*SO_FAR, rest(5, None, ill=True), did(8, 101), did(11, 102)], 12).offered == 201


def test_from_a_lighter_week_a_return_does_not_lead_to_a_heavy_one() -> None:
    easing = plan([30, 30], [60, 60], [70, 70], [15, 15], [30, 30])
    facts = through(101, 102, 201, 202, 301, 302, 401, 402)
    assert where([*facts, said(7, Way.BACK)], 8, easing).place == 3
    assert where([*facts, said(7, Way.BACK), said(7, Way.BACK, hour=11)], 8, easing).place == 0


# Plans by day -------------------------------------------------------------------------------------
def by_day() -> Outline:
    return next(outline for slug, outline in map(written, CONTENT) if slug == "after-late-night")


def test_a_plan_by_day_thinks_in_days() -> None:
    outline = by_day()
    assert [len(stretch) for stretch in outline.stretches] == [4, 1, 1]
    assert (where([], 0, outline).is_by_day, where([], 0).is_by_day) == (True, False)
    facts = through(101, 102, 103, 104, every=0, effort="light")
    assert where(facts, 0, outline).offered == 105
    assert where(facts, 7, outline).offered == 101


def test_a_plan_of_one_week_goes_to_its_first_step() -> None:
    assert where(through(101, 102), 30, plan([10, 10, 10])).offered == 101


# In words -----------------------------------------------------------------------------------------
def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Code)


def test_the_reason_in_words() -> None:
    facts = [did(n, 101 + n, effort="vigorous" if n < 1 else "light") for n in range(5)]
    assert sentence(where(facts, 5, FIVE)) == "4 of the 5 felt manageable, so what comes next is open."
    assert sentence(where(facts, 5, FIVE), with_numbers=False) == "It felt manageable, so the next week is open."
    assert sentence(where(SO_FAR, 12)) == "Welcome back. Here is the week that felt comfortable."
    assert sentence(where(through(101, 102, effort="vigorous"), 2)) == "This week again, as often as you like."


def test_the_reason_in_chinese_holds_chinese() -> None:
    with override("zh-hans"):
        for position in (where([], 0), where(through(101), 1), *(where(SO_FAR, 4 + days) for days in (5, 8, 20, 90))):
            assert any("一" <= letter <= "鿿" for letter in sentence(position)), position.reason


def test_a_day_that_lies_before_the_last_deed_is_no_gap() -> None:
    assert where(SO_FAR, 2).gap_days == 0
    assert where(SO_FAR, 2).gap is Gap.NONE
    assert pace.replay(WALKS, RULES, SO_FAR, day(4) - timedelta(days=90)).offered == 302
