"""Resting from one plan or from all: one pause at a time covers a plan, and the latest word counts."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from core.visibility import Unscoped
from plans.models import Enrollment, Pause
from plans.resting import resting_on
from plans.services.pauses import end_pause, pause_plans
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan

TODAY = date(2026, 3, 10)


@pytest.fixture
def followed(cast: Cast) -> Enrollment:
    return make_enrollment(cast.member, make_plan())


def pauses(cast: Cast) -> list[tuple[Any, ...]]:
    own = Pause.objects.visible_to(cast.member).order_by("pk")
    return list(own.values_list("enrollment", "starts_on", "ends_on", "reason"))


def test_a_pause_begins_today_and_is_open_until_they_say(cast: Cast, followed: Enrollment, now: datetime) -> None:
    pause_plans(person=cast.member, enrollment=followed, reason="ill", now=now)

    assert pauses(cast) == [(followed.pk, TODAY, None, "ill")]
    assert resting_on(cast.member, TODAY + timedelta(days=300)).of(followed) is not None
    assert resting_on(cast.member, TODAY - timedelta(days=1)).of(followed) is None


def test_saying_it_again_changes_it_and_keeps_its_first_day(cast: Cast, followed: Enrollment, now: datetime) -> None:
    pause_plans(person=cast.member, enrollment=followed, ends_on=date(2026, 3, 12), now=now)

    later = now + timedelta(days=2)
    pause_plans(person=cast.member, enrollment=followed, reason="travel", ends_on=date(2026, 3, 20), now=later)

    assert pauses(cast) == [(followed.pk, TODAY, date(2026, 3, 20), "travel")]


def test_a_pause_of_all_takes_the_place_of_single_ones(cast: Cast, followed: Enrollment, now: datetime) -> None:
    pause_plans(person=cast.member, enrollment=followed, now=now)

    pause_plans(person=cast.member, now=now + timedelta(days=3))

    assert pauses(cast) == [(followed.pk, TODAY, date(2026, 3, 12), ""), (None, date(2026, 3, 13), None, "")]
    with pytest.raises(DomainError) as refused:
        pause_plans(person=cast.member, enrollment=followed, now=now + timedelta(days=4))
    assert refused.value.code == "all_paused"


def test_coming_back_ends_it_yesterday_and_twice_is_once(cast: Cast, followed: Enrollment, now: datetime) -> None:
    pause = pause_plans(person=cast.member, now=now)

    for days in (5, 9):
        end_pause(person=cast.member, pause=pause, now=now + timedelta(days=days))

    assert pauses(cast) == [(None, TODAY, date(2026, 3, 14), "")]


def test_one_that_began_today_leaves_no_trace(cast: Cast, followed: Enrollment, now: datetime) -> None:
    end_pause(person=cast.member, pause=pause_plans(person=cast.member, now=now), now=now)

    assert pauses(cast) == []


def test_today_is_the_persons_own(cast: Cast, now: datetime) -> None:
    cast.member.time_zone = "Pacific/Kiritimati"

    assert pause_plans(person=cast.member, now=now.replace(hour=12)).starts_on == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": date(2026, 3, 9)}, "ends_on"),
        ({"ends_on": date(2027, 3, 12)}, "ends_on"),
        ({"reason": "weather"}, "reason"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, now: datetime, fields: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        pause_plans(person=cast.member, now=now, **fields)
    assert refused.value.field == field
    assert pauses(cast) == []


def test_nobody_else_pauses_it_or_reads_why(cast: Cast, followed: Enrollment, now: datetime) -> None:
    pause = pause_plans(person=cast.member, enrollment=followed, reason="low", now=now)

    with pytest.raises(NotPermitted):
        pause_plans(person=cast.owner, enrollment=followed, now=now)
    with pytest.raises(NotPermitted):
        end_pause(person=cast.superuser, pause=pause, now=now)
    assert not Pause.objects.visible_to(cast.superuser).exists()
    with pytest.raises(Unscoped):
        Pause.objects.count()


def test_a_plan_put_away_needs_no_pause(cast: Cast, followed: Enrollment, now: datetime) -> None:
    followed.ended_at = now
    with pytest.raises(DomainError) as refused:
        pause_plans(person=cast.member, enrollment=followed, now=now)
    assert refused.value.code == "plan_ended"
