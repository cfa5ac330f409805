"""The finder's decision: same wish and same facts, same answer; and no reason that is not true."""

from datetime import UTC, datetime, timedelta
from functools import partial
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mindmove.start.decision import (
    MOST,
    Code,
    Company,
    MeetingFacts,
    PlanFacts,
    Portion,
    Wish,
    pick_meetings,
    pick_plans,
)

_by_key = attrgetter("key")
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

several = partial(st.lists, max_size=8, unique_by=lambda facts: facts.key)
wishes = st.builds(Wish, minutes=st.sampled_from([5, 10, 20]), company=st.sampled_from(Company))
plans = st.builds(
    PlanFacts,
    key=st.integers(0, 999).map(str),
    order=st.integers(0, 12),
    first_minutes=st.integers(2, 60),
    small_minutes=st.integers(2, 10),
    company_share=st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]),
    is_for_need=st.booleans(),
)
meetings = st.builds(
    MeetingFacts,
    key=st.integers(0, 999).map(str),
    is_easy=st.booleans(),
    suits=st.none() | st.integers(0, 2),
    is_greeted=st.booleans(),
    greeter=st.sampled_from(["", "Jonas"]),
    is_mine=st.booleans(),
    is_far=st.booleans(),
    starts_at=st.none() | st.integers(1, 60).map(lambda days: NOW + timedelta(days=days)),
)


@given(wish=wishes, known=several(plans))
def test_the_order_of_plans_in_the_database_does_not_matter(wish, known):
    assert pick_plans(wish, known) == pick_plans(wish, known[::-1]) == pick_plans(wish, sorted(known, key=_by_key))


@given(wish=wishes, known=several(meetings))
def test_the_order_of_meetings_in_the_database_does_not_matter(wish, known):
    there = pick_meetings(wish, known)
    assert there == pick_meetings(wish, known[::-1]) == pick_meetings(wish, sorted(known, key=_by_key))


@given(wish=wishes, known=several(plans))
def test_one_to_three_plans_each_with_a_reason(wish, known):
    picks = pick_plans(wish, known)

    assert min(1, len(known)) <= len(picks) <= MOST
    assert all(pick.reasons for pick in picks)


@given(wish=wishes, known=several(plans))
def test_plans_for_the_need_are_never_mixed_with_others(wish, known):
    picked = {pick.facts.is_for_need for pick in pick_plans(wish, known)}

    assert picked <= ({True} if any(plan.is_for_need for plan in known) else {False})


@given(wish=wishes, known=several(plans))
def test_what_is_said_of_a_plan_is_true(wish, known):
    for pick in pick_plans(wish, known):
        plan = pick.facts
        truths = {
            Code.STARTS_SMALL: plan.first_minutes <= wish.minutes,
            Code.HAS_SMALL_VERSION: plan.first_minutes > wish.minutes,
            Code.LEADS_TO_COMPANY: plan.company_share > 0 and wish.company != Company.ALONE,
            Code.WORKS_ALONE: plan.company_share == 0 and wish.company == Company.ALONE,
            Code.FOR_ANY_NEED: not plan.is_for_need,
        }
        assert all(truths[reason.code] for reason in pick.reasons)
        assert {reason.minutes for reason in pick.reasons} <= {0, plan.first_minutes, plan.small_minutes}


@given(known=several(plans), minutes=st.sampled_from([5, 10, 20]))
def test_whoever_wants_company_gets_it_first_and_whoever_does_not_gets_it_last(known, minutes):
    together = [pick.facts.leads_to_company for pick in pick_plans(Wish(minutes, Company.TOGETHER), known)]
    alone = [pick.facts.works_alone for pick in pick_plans(Wish(minutes, Company.ALONE), known)]

    assert together == sorted(together, reverse=True)
    assert alone == sorted(alone, reverse=True)


@given(known=several(plans), minutes=st.sampled_from([5, 10, 20]))
def test_what_fits_the_time_comes_before_what_does_not(known, minutes):
    fits = [pick.facts.first_minutes <= minutes for pick in pick_plans(Wish(minutes, Company.EITHER), known)]

    assert fits == sorted(fits, reverse=True)


@given(known=several(meetings), minutes=st.sampled_from([5, 10, 20]))
def test_alone_means_alone(known, minutes):
    assert pick_meetings(Wish(minutes, Company.ALONE), known) == []


@given(known=several(meetings))
def test_newcomers_are_sent_where_somebody_greets_them(known):
    picks = pick_meetings(Wish(10, Company.TOGETHER), known)

    assert len(picks) == min(MOST, len(known))
    near = [pick.facts.is_greeted for pick in picks if not pick.facts.is_far]
    assert near == sorted(near, reverse=True)
    assert [pick.facts.is_far for pick in picks] == sorted(pick.facts.is_far for pick in picks)


@given(known=several(meetings))
def test_what_is_said_of_a_meeting_is_true(known):
    for pick in pick_meetings(Wish(10, Company.EITHER), known):
        facts = pick.facts
        truths = {
            Code.YOU_BELONG: facts.is_mine,
            Code.IS_GREETED: facts.is_greeted,
            Code.IS_EASY: facts.is_easy,
            Code.SUITS_NEED: facts.suits is not None,
            Code.IS_OPEN: True,
        }
        assert pick.reasons
        assert all(truths[reason.code] for reason in pick.reasons)


@pytest.mark.parametrize(
    ("minutes", "action", "portion"),
    [(5, 10, Portion.PART), (10, 10, Portion.WHOLE), (20, 10, Portion.LONGER), (5, 5, Portion.WHOLE)],
)
def test_how_much_of_the_action_fits(minutes, action, portion):
    assert Wish(minutes, Company.EITHER).portion_of(action) == portion
