"""What is next, in each plan that a person follows."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from plans.models import Cue, DayChange, Pause, Session, SessionLog
from plans.services.logs import log_session
from plans.today import active_plans, coming_steps, steps_for
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
    assert (step.is_welcome_back, step.is_small_first, step.gap_days) == (True, True, 20)
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
    later = now + timedelta(hours=1)
    note(enrollment, second, later)
    [step] = steps_for(cast.member, now=later)
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


def test_a_copied_step_is_done_when_what_it_was_copied_from_was(cast: Cast, now: datetime) -> None:
    original, own = make_plan("original"), make_plan("own")
    first = sessions_of(own)[0]
    Session.objects.filter(pk=first.pk).update(origin=sessions_of(original)[0])
    note(make_enrollment(cast.member, original), sessions_of(original)[0], now - timedelta(days=1))
    mine = make_enrollment(cast.member, own)
    SessionLog.objects.update(enrollment=mine)  # as when a plan in progress becomes one's own
    assert {step.enrollment: step.session.title for step in steps_for(cast.member, now=now)}[mine] == "Step 1.2"


def test_a_pause_a_rest_and_a_moved_day_ask_for_nothing(cast: Cast, now: datetime) -> None:
    paused, resting, moved, open_ = [make_enrollment(cast.member, make_plan(name)) for name in "abcd"]
    today = now.date()
    Pause.objects.create(person=cast.member, enrollment=paused, starts_on=today, ends_on=today + timedelta(days=3))
    DayChange.objects.create(enrollment=resting, planned_on=today)
    DayChange.objects.create(enrollment=moved, planned_on=today, moved_to=today + timedelta(days=1))
    steps = {step.enrollment: step for step in steps_for(cast.member, now=now)}
    assert (steps[paused].is_paused, steps[paused].is_paused_until) == (True, today + timedelta(days=3))
    assert steps[resting].is_resting_today
    assert steps[moved].moved_to == today + timedelta(days=1)
    assert [e for e in (paused, resting, moved, open_) if not steps[e].asks_nothing] == [open_]


def test_enough_for_the_week(cast: Cast, now: datetime) -> None:
    plan = make_plan(per_week=5)
    enrollment = make_enrollment(cast.member, plan, times_a_week=1)
    assert not steps_for(cast.member, now=now)[0].is_enough_this_week
    note(enrollment, sessions_of(plan)[0], now - timedelta(days=1))
    [step] = steps_for(cast.member, now=now)
    assert (step.done_this_week, step.is_enough_this_week) == (1, True)


def test_the_coming_steps_of_each_plan(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    note(enrollment, sessions_of(plan)[0], now)
    assert [
        s.title for s in coming_steps(cast.member, list(active_plans(cast.member)), now=now, limit=2)[enrollment.pk]
    ] == ["Step 1.2", "Step 2.1"]


@pytest.mark.parametrize("logs", [2_000, 20_000])
def test_the_page_takes_as_many_queries_however_much_was_noted(
    cast: Cast, now: datetime, as_person: Any, logs: int
) -> None:
    for name in "abcde":
        plan = make_plan(name)
        enrollment, steps = make_enrollment(cast.member, plan), sessions_of(plan)
        rows = [
            SessionLog(
                person=cast.member, enrollment=enrollment, session=steps[n % 2], exercise_type=steps[0].exercise_type,
                minutes=5, intensity="vigorous", done_at=now - timedelta(hours=n), local_on=now.date(),
            )
            for n in range(1, logs // 5 + 1)
        ]  # fmt: skip
        SessionLog.objects.bulk_create(rows, batch_size=500)
    client = as_person(cast.member)
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    assert len(queries) <= 12


@pytest.mark.parametrize("path", ["/plans/mine/", "/api/v1/today/"])
def test_other_pages_of_the_day_take_as_many_queries(cast: Cast, now: datetime, as_person: Any, path: str) -> None:
    client, found = as_person(cast.member), []
    for names in ("ab", "cde"):
        for name in names:
            plan = make_plan(name)
            note(make_enrollment(cast.member, plan), sessions_of(plan)[0], now - timedelta(days=1))
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1] <= 12
