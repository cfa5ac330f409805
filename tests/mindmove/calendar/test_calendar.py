"""My calendar: my own days, what is planned, what I come to, and moving a step."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from groups.models import Rsvp
from mindmove.calendar.days import Day, days_between, weeks_between
from plans.models import Cue, DayChange, Enrollment, Pause, SessionLog
from plans.services.logs import log_session
from tests.kit.cast import Cast, make_group, make_person
from tests.kit.markup import elements, text_of
from tests.kit.world import make_event
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of

MARCH = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}


def follow(person: User, *weekdays: int, slug: str = "small-walks", **fields: Any) -> Enrollment:
    enrollment = make_enrollment(person, make_plan(slug), **fields)
    for weekday in weekdays:
        Cue.objects.create(enrollment=enrollment, weekday=weekday, at_time=time(18, 30))
    return enrollment


def note(person: User, now: datetime, title: str = "", **fields: Any) -> SessionLog:
    details = {"minutes": 12, "intensity": "moderate", "exercise_type": make_type("walking"), **fields}
    log = log_session(person=person, now=now, **details)
    SessionLog.objects.filter(pk=log.pk).update(title=title)
    return log


def march(person: User, now: datetime) -> dict[str, Day]:
    days, _any_day = days_between(person, now=now, **MARCH)
    return {str(day.on): day for day in days}


def planned(person: User, now: datetime) -> dict[str, list[str]]:
    return {on: [step.session.title for step in day.planned] for on, day in march(person, now).items() if day.planned}


# What stands where -------------------------------------------------------------------------------
def test_coming_steps_stand_on_my_days_from_today_on(cast: Cast, now: datetime) -> None:
    follow(cast.member, 1, 4)

    assert planned(cast.member, now) == {
        "2026-03-10": ["Step 1.1"], "2026-03-13": ["Step 1.2"], "2026-03-17": ["Step 2.1"], "2026-03-20": ["Step 2.2"],
    }  # fmt: skip


def test_what_is_done_is_not_planned_again(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast.member, 1, 4)
    first = sessions_of(enrollment.template)[0]
    note(cast.member, now, session=first, enrollment=enrollment)

    assert planned(cast.member, now) == {
        "2026-03-13": ["Step 1.2"], "2026-03-17": ["Step 2.1"], "2026-03-20": ["Step 2.2"],
    }  # fmt: skip
    assert [log.session for log in march(cast.member, now)["2026-03-10"].logs] == [first]


def test_moved_days_and_days_of_rest_are_where_they_were_said(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast.member, 1, 4)
    DayChange.objects.create(enrollment=enrollment, planned_on=date(2026, 3, 10), moved_to=date(2026, 3, 12))
    DayChange.objects.create(enrollment=enrollment, planned_on=date(2026, 3, 13))

    days = march(cast.member, now)

    assert planned(cast.member, now) == {
        "2026-03-12": ["Step 1.1"], "2026-03-17": ["Step 1.2"], "2026-03-20": ["Step 2.1"], "2026-03-24": ["Step 2.2"],
    }  # fmt: skip
    assert days["2026-03-12"].planned[0].is_moved
    assert [rest.enrollment for rest in days["2026-03-13"].rests] == [enrollment]


@pytest.mark.parametrize("of_all", [True, False])
def test_nothing_is_planned_in_a_pause(cast: Cast, now: datetime, of_all: bool) -> None:
    enrollment = follow(cast.member, 1, 4)
    which = None if of_all else enrollment
    span = {"starts_on": date(2026, 3, 12), "ends_on": date(2026, 3, 18)}
    Pause.objects.create(person=cast.member, enrollment=which, **span)

    days = march(cast.member, now)

    assert list(planned(cast.member, now)) == ["2026-03-10", "2026-03-20", "2026-03-24", "2026-03-27"]
    assert [on for on, day in days.items() if day.is_paused] == [f"2026-03-{n}" for n in range(12, 19)]


def test_so_many_a_week_stand_on_the_week_and_on_no_day(cast: Cast, now: datetime) -> None:
    follow(cast.member, 1, times_a_week=2)

    weeks = weeks_between(cast.member, now=now, **MARCH)

    assert planned(cast.member, now) == {}
    assert [[s.title for steps in week.any_day for s in steps.sessions] for week in weeks] == [
        [], [], ["Step 1.1", "Step 1.2"], ["Step 2.1", "Step 2.2"], [], [],
    ]  # fmt: skip


def test_the_days_are_those_of_my_own_clock(db: None) -> None:
    asha = make_person("asha", time_zone="Asia/Kolkata")
    late = datetime(2026, 3, 10, 18, 45, tzinfo=UTC)  # Wednesday 00:15 in Kolkata
    note(asha, late)
    event = make_event(make_group(), late, starts_at=late, ends_at=late + timedelta(hours=1))
    Rsvp.objects.create(event=event, person=asha, status=Rsvp.Status.GOING)

    day = march(asha, late)["2026-03-11"]

    assert day.is_today
    assert len(day.logs) == 1
    assert [(meeting.event, meeting.at_time) for meeting in day.meetings] == [(event, time(0, 15))]


@pytest.mark.parametrize(("first_weekday", "first"), [(0, "2026-02-23"), (6, "2026-03-01")])
def test_a_week_begins_on_my_first_weekday(cast: Cast, now: datetime, first_weekday: int, first: str) -> None:
    cast.member.first_weekday = first_weekday

    weeks = weeks_between(cast.member, now=now, **MARCH)

    assert str(weeks[0].days[0].on) == first
    assert {len(week.days) for week in weeks} == {7}


@pytest.mark.parametrize(
    ("status", "is_shown"), [("going", True), ("maybe", True), ("waitlisted", True), ("declined", False)]
)
def test_events_that_i_come_to_are_there(cast: Cast, now: datetime, status: str, is_shown: bool) -> None:
    event = make_event(cast.group, now)
    Rsvp.objects.create(event=event, person=cast.member, status=status, place=1 if status == "waitlisted" else None)

    assert bool(march(cast.member, now)["2026-03-12"].meetings) == is_shown
    assert not march(cast.host, now)["2026-03-12"].meetings


def test_a_month_takes_the_same_queries_whatever_is_in_it(
    cast: Cast, now: datetime, as_person: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    follow(cast.member, 1, 4)
    walking, client = make_type("walking"), as_person(cast.member)
    client.get("/plans/calendar/")
    counts = []
    for total in (1, 3, 2000):
        missing = total - SessionLog.objects.count()
        SessionLog.objects.bulk_create(
            SessionLog(
                person=cast.member, exercise_type=walking, minutes=5, intensity="light", done_at=now,
                local_on=date(2026, 3, 1 + number % 10),
            )
            for number in range(missing)
        )  # fmt: skip
        if total == 3:
            follow(cast.member, 2, slug="more-walks")
            event = make_event(cast.group, now)
            Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)
        with django_assert_max_num_queries(40) as found:
            assert client.get("/plans/calendar/").status_code == 200
        counts.append(len(found))
    assert len(set(counts)) == 1, counts


# Pages -------------------------------------------------------------------------------------------
def test_the_month_is_a_table_with_days_of_the_week_for_heads(cast: Cast, now: datetime, as_person: Any) -> None:
    follow(cast.member, 1, 4)

    page = as_person(cast.member).get("/plans/calendar/").content.decode()

    (table,) = elements(page, "table", **{"class": "month"})
    assert text_of(next(elements(table, "caption"))) == "March 2026"
    heads = list(elements(table, "th", scope="col"))
    assert [text_of(head).split()[-1] for head in heads][:2] == ["Monday", "Tuesday"]
    assert len(list(elements(table, "td", **{"data-day": "2026"}))) == 42
    assert "Tuesday 10 March" in text_of(next(elements(page, "section", id="day")))


def test_a_day_can_be_chosen(cast: Cast, now: datetime, as_person: Any) -> None:
    follow(cast.member, 1, 4)

    page = as_person(cast.member).get("/plans/calendar/2026/3/?day=2026-03-13").content.decode()

    section = text_of(next(elements(page, "section", id="day")))
    assert "Friday 13 March" in section
    assert "Step 1.2" in section


def test_the_month_speaks_chinese(cast: Cast, now: datetime, as_person: Any) -> None:
    User.objects.filter(pk=cast.member.pk).update(language="zh-hans")
    with translation.override("zh-hans"):
        page = as_person(cast.member).get("/zh-hans/plans/calendar/").content.decode()

    assert "2026年3月" in page
    assert "我的日历" in page


@pytest.mark.parametrize(
    "path", ["/plans/calendar/2026/13/", "/plans/calendar/1/1/", "/plans/calendar/99999999/1/",
             "/plans/calendar/week/2026-02-30/", "/plans/calendar/week/9999-12-31/"],
)  # fmt: skip
def test_what_is_no_month_or_week_is_not_there(cast: Cast, now: datetime, as_person: Any, path: str) -> None:
    assert as_person(cast.member).get(path).status_code == 404


def test_the_week_lists_its_days(cast: Cast, now: datetime, as_person: Any) -> None:
    follow(cast.member, 1, 4)

    page = as_person(cast.member).get("/plans/calendar/week/2026-03-15/").content.decode()

    days = [text_of(day) for day in elements(page, "section", **{"data-day": "2026"})]
    assert len(days) == 7
    assert "Step 1.1" in days[1]
    assert "Nothing is noted for this day." in days[0]


def test_nobody_elses_days_are_in_it(cast: Cast, now: datetime, as_person: Any) -> None:
    follow(cast.member, 1, 4)
    note(cast.member, now, title="Round the pond")

    own, other = (as_person(who).get("/plans/calendar/").content.decode() for who in (cast.member, cast.stranger))

    for words in ("Step 1.1", "Round the pond"):
        assert words in own
        assert words not in other


# Moving ------------------------------------------------------------------------------------------
def move_url(enrollment: Enrollment, day: str) -> str:
    return f"/plans/following/{enrollment.uuid}/days/{day}/"


def test_a_step_is_moved_and_put_back(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment, client = follow(cast.member, 1, 4), as_person(cast.member)

    answer = client.post(move_url(enrollment, "2026-03-13"), {"moved_to": "2026-03-14", "back": "month"})
    assert answer.url == "/plans/calendar/2026/3/?day=2026-03-14#day"
    assert "2026-03-14" in planned(cast.member, now)
    page = client.get(answer.url).content.decode()
    assert "moved from Friday 13 March" in page

    client.post(f"{move_url(enrollment, '2026-03-13')}undo/", {"back": "week"})
    assert "2026-03-13" in planned(cast.member, now)


@pytest.mark.parametrize("day", ["2026-03-09", "2026-03-28", "", "soon"])
def test_a_day_out_of_reach_is_refused_beside_the_field(cast: Cast, now: datetime, as_person: Any, day: str) -> None:
    enrollment = follow(cast.member, 1, 4)

    page = as_person(cast.member).post(move_url(enrollment, "2026-03-13"), {"moved_to": day, "at_time": "07:15"})

    assert page.status_code == 200
    assert page.context["form"].errors["moved_to"]
    assert 'value="07:15"' in page.content.decode()
    assert not DayChange.objects.exists()


def test_a_day_is_kept_for_rest(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = follow(cast.member, 1, 4)

    as_person(cast.member).post(move_url(enrollment, "2026-03-13"), {"rest": "1"})

    assert [rest.day for rest in march(cast.member, now)["2026-03-13"].rests] == [date(2026, 3, 13)]


def test_resting_on_a_day_long_gone_is_refused_in_words(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = follow(cast.member, 1, 4)

    answer = as_person(cast.member).post(move_url(enrollment, "2020-01-01"), {"rest": "1"})

    assert answer.status_code == 200
    assert "Nothing is planned for this day." in answer.content.decode()


@pytest.mark.parametrize("name", ["stranger", "host", "superuser"])
def test_nobody_moves_what_is_somebody_elses(cast: Cast, now: datetime, as_person: Any, name: str) -> None:
    enrollment, client = follow(cast.member, 1, 4), as_person(cast.people[name])

    for path in (move_url(enrollment, "2026-03-13"), f"{move_url(enrollment, '2026-03-13')}undo/"):
        assert client.post(path, {"moved_to": "2026-03-14"}).status_code == 404
    assert not DayChange.objects.exists()
