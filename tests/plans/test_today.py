"""What is next, in each plan that a person follows."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from plans.models import Cue, Session
from plans.services.logs import log_session
from plans.today import steps_for
from tests.kit.cast import Cast, make_person
from tests.plans.kit import make_enrollment, make_plan, make_session, sessions_of


def note(enrollment: Any, session: Session, now: datetime) -> None:
    log_session(person=enrollment.person, now=now, minutes=5, intensity="light", session=session, enrollment=enrollment)


def test_the_first_step_with_its_reason_and_time(cast: Cast, now: datetime) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    Cue.objects.create(enrollment=enrollment, weekday=1, at_time=time(8, 30))
    [step] = steps_for(cast.member, now=now)
    assert step.enrollment == enrollment
    assert step.session.title == "Step 1.1"
    assert [reason.slug for reason in step.reasons] == ["behavioural-activation"]
    assert step.planned_at == time(8, 30)
    assert not step.is_done_today
    assert (step.place.done, step.place.total) == (0, 4)


def test_done_today_shows_what_was_done_and_what_comes(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    note(enrollment, sessions_of(plan)[0], now)
    [today] = steps_for(cast.member, now=now)
    assert (today.session.title, today.is_done_today, today.upcoming.title) == ("Step 1.1", True, "Step 1.2")
    [tomorrow] = steps_for(cast.member, now=now + timedelta(days=1))
    assert (tomorrow.session.title, tomorrow.is_done_today) == ("Step 1.2", False)


def test_twenty_days_later_the_beginning_waits(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    note(enrollment, sessions_of(plan)[0], now)
    [step] = steps_for(cast.member, now=now + timedelta(days=20))
    assert step.session.title == "Step 1.1"
    assert (step.is_welcome_back, step.gap_days) == (True, 20)
    assert step.reason == "Welcome back. Here is the beginning, which you know already."


def test_after_the_last_step_the_plan_is_complete(cast: Cast, now: datetime) -> None:
    plan = make_plan(weeks=1)
    enrollment = make_enrollment(cast.member, plan)
    for session in sessions_of(plan):
        note(enrollment, session, now)
    [step] = steps_for(cast.member, now=now)
    assert step.is_complete
    assert step.is_done_today
    assert steps_for(cast.member, now=now + timedelta(days=1)) == []


def test_a_plan_with_several_steps_a_day_goes_on_today(cast: Cast, now: datetime) -> None:
    plan = make_plan(weeks=1, per_week=0)
    for number, day in [(1, 1), (2, 1), (3, 2)]:
        make_session(plan.week_set.get(), number, day=day)
    enrollment = make_enrollment(cast.member, plan)
    first, second, _third = sessions_of(plan)
    note(enrollment, first, now)
    [step] = steps_for(cast.member, now=now)
    assert (step.session, step.is_done_today) == (second, False)
    note(enrollment, second, now)
    [step] = steps_for(cast.member, now=now)
    assert (step.session, step.is_done_today) == (second, True)


def test_plans_that_have_not_begun_or_have_ended_are_not_for_today(cast: Cast, now: datetime) -> None:
    make_enrollment(cast.member, make_plan("later"), starts_on=date(2026, 3, 11))
    make_enrollment(cast.member, make_plan("over"), ended_at=now)
    make_enrollment(cast.stranger, make_plan("of-somebody-else"))
    make_enrollment(cast.member, make_plan("withdrawn", published=False))
    assert steps_for(cast.member, now=now) == []


def test_done_at_half_past_eleven_in_kolkata_is_done_that_day(db: None) -> None:
    person = make_person("asha", time_zone="Asia/Kolkata")
    plan = make_plan()
    enrollment = make_enrollment(person, plan)
    late = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)  # 23:30 there
    note(enrollment, sessions_of(plan)[0], late)
    assert steps_for(person, now=late)[0].is_done_today
    assert not steps_for(person, now=late + timedelta(minutes=31))[0].is_done_today


def test_a_fixed_number_of_queries(cast: Cast, now: datetime, django_assert_num_queries: Any) -> None:
    for names in (["one"], ["two", "three"]):
        for name in names:
            plan = make_plan(name)
            note(make_enrollment(cast.member, plan), sessions_of(plan)[0], now - timedelta(days=1))
        person = User.objects.get(pk=cast.member.pk)  # without the permissions it has looked up before
        with django_assert_num_queries(8):
            steps_for(person, now=now)
