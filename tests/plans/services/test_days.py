"""A step on another day, or a day for rest."""

from datetime import date, datetime, time
from typing import Any

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Cue, DayChange, Enrollment
from plans.services.days import move_day, planned_days_behind, put_off, rest_on, undo_change
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12)  # Tuesday is today


@pytest.fixture
def followed(cast: Cast) -> Enrollment:
    """A plan with a step every Tuesday at half past eight."""
    enrollment = make_enrollment(cast.member, make_plan())
    Cue.objects.create(enrollment=enrollment, weekday=1, at_time=time(8, 30))
    return enrollment


def changes() -> list[tuple[Any, ...]]:
    return list(DayChange.objects.order_by("planned_on").values_list("planned_on", "moved_to", "at_time"))


def test_a_step_goes_to_another_day_and_moving_it_again_moves_the_same(
    cast: Cast, followed: Enrollment, now: datetime
) -> None:
    move_day(person=cast.member, enrollment=followed, planned_on=TUESDAY, moved_to=WEDNESDAY, now=now)
    move_day(person=cast.member, enrollment=followed, planned_on=TUESDAY, moved_to=THURSDAY, at_time=time(19), now=now)

    assert changes() == [(TUESDAY, THURSDAY, time(19))]


def test_back_on_its_own_day_nothing_is_changed(cast: Cast, followed: Enrollment, now: datetime) -> None:
    move_day(person=cast.member, enrollment=followed, planned_on=TUESDAY, moved_to=WEDNESDAY, now=now)

    back = move_day(person=cast.member, enrollment=followed, planned_on=TUESDAY, moved_to=TUESDAY, now=now)

    assert back is None
    assert changes() == []


def test_rest_and_its_undoing(cast: Cast, followed: Enrollment, now: datetime) -> None:
    rest_on(person=cast.member, enrollment=followed, planned_on=TUESDAY, now=now)
    assert changes() == [(TUESDAY, None, None)]

    for _twice in range(2):
        undo_change(person=cast.member, enrollment=followed, planned_on=TUESDAY)

    assert changes() == []


@pytest.mark.parametrize(
    ("planned_on", "moved_to", "field"),
    [
        (TUESDAY, date(2026, 3, 9), "moved_to"),  # yesterday
        (TUESDAY, date(2026, 3, 25), "moved_to"),  # fifteen days on
        (date(2026, 3, 1), WEDNESDAY, "planned_on"),  # before the plan began
        (date(2027, 4, 1), date(2027, 4, 2), "planned_on"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    cast: Cast, followed: Enrollment, now: datetime, planned_on: date, moved_to: date, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        move_day(person=cast.member, enrollment=followed, planned_on=planned_on, moved_to=moved_to, now=now)
    assert refused.value.field == field


def test_the_day_is_the_persons_own(cast: Cast, followed: Enrollment, now: datetime) -> None:
    cast.member.time_zone = "Pacific/Kiritimati"  # Wednesday has begun there at 23:00 of Tuesday in Berlin
    late = now.replace(hour=22)

    with pytest.raises(InvalidInput) as refused:
        move_day(person=cast.member, enrollment=followed, planned_on=THURSDAY, moved_to=TUESDAY, now=late)

    assert refused.value.field == "moved_to"


def test_a_step_that_was_moved_here_is_put_off_with_that_of_the_day(
    cast: Cast, followed: Enrollment, now: datetime
) -> None:
    last_tuesday = date(2026, 3, 3)
    DayChange.objects.create(enrollment=followed, planned_on=last_tuesday, moved_to=TUESDAY)

    planned = put_off(person=cast.member, enrollment=followed, day=TUESDAY, moved_to=WEDNESDAY, now=now)

    assert planned == [last_tuesday, TUESDAY]
    assert changes() == [(last_tuesday, WEDNESDAY, None), (TUESDAY, WEDNESDAY, None)]


def test_on_a_day_without_a_cue_the_moved_step_alone_is_put_off(
    cast: Cast, followed: Enrollment, now: datetime
) -> None:
    DayChange.objects.create(enrollment=followed, planned_on=TUESDAY, moved_to=WEDNESDAY)

    planned = put_off(person=cast.member, enrollment=followed, day=WEDNESDAY, moved_to=None, now=now)

    assert planned == [TUESDAY]
    assert changes() == [(TUESDAY, None, None)]
    assert planned_days_behind(followed, THURSDAY) == [THURSDAY]  # any day may be put off


def test_nobody_else_changes_it_and_nothing_after_it_ended(cast: Cast, followed: Enrollment, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        rest_on(person=cast.owner, enrollment=followed, planned_on=TUESDAY, now=now)
    with pytest.raises(NotPermitted):
        undo_change(person=cast.owner, enrollment=followed, planned_on=TUESDAY)
    with pytest.raises(NotPermitted):
        put_off(person=cast.owner, enrollment=followed, day=TUESDAY, moved_to=None, now=now)
    Enrollment.objects.update(ended_at=now)
    with pytest.raises(DomainError) as refused:
        rest_on(person=cast.member, enrollment=followed, planned_on=TUESDAY, now=now)
    assert refused.value.code == "plan_ended"
    assert changes() == []
