"""A person's word on the pace."""

from datetime import datetime, timedelta

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Turn
from plans.services.logs import log_session
from plans.services.turns import take_turn
from plans.today import steps_for
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of


def begun(cast: Cast, now: datetime):
    plan = make_plan()
    enrollment, first = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    log_session(
        person=cast.member, now=now, minutes=5, intensity="light", session=first, enrollment=enrollment, done_at=now
    )
    return enrollment


def test_on_opens_the_next_week_and_a_second_tap_says_nothing_more(cast: Cast, now: datetime) -> None:
    enrollment = begun(cast, now)
    later = now + timedelta(days=1)
    for seconds in (0, 2):
        take_turn(person=cast.member, enrollment=enrollment, way="on", now=later + timedelta(seconds=seconds))
    [step] = steps_for(cast.member, now=later + timedelta(minutes=1))
    assert (step.session.title, step.reason, step.turns) == ("Step 2.1", "You chose to go on.", ["back"])
    assert Turn.objects.count() == 1


def test_two_taps_are_one_whichever_is_written_first(cast: Cast, now: datetime) -> None:
    enrollment = begun(cast, now)
    later = now + timedelta(days=1)
    first, second = (
        take_turn(person=cast.member, enrollment=enrollment, way="again", now=later + timedelta(milliseconds=late))
        for late in (5, 0)
    )
    assert first == second


def test_a_word_that_leads_nowhere_is_refused(cast: Cast, now: datetime) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    for way in Turn.Way.values:
        with pytest.raises(DomainError):
            take_turn(person=cast.member, enrollment=enrollment, way=way, now=now)
    with pytest.raises(InvalidInput):
        take_turn(person=cast.member, enrollment=enrollment, way="sideways", now=now)
    assert not Turn.objects.exists()


def test_only_ones_own_plan(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        take_turn(person=cast.stranger, enrollment=begun(cast, now), way="on", now=now)
