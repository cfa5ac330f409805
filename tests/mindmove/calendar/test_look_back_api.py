"""A week to look back on, over the API: what the page says, and no number for who hides them."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from groups.models import Attendance, Rsvp
from tests.kit.cast import Cast
from tests.kit.world import make_event
from tests.mindmove.calendar.test_calendar import follow
from tests.mindmove.calendar.test_look_back import MONDAY, note

URL = "/api/v1/weeks/2026-03-04/back/"
HIGHER = "You noted a higher mood afterwards than before."


def lived(cast: Cast, now: datetime) -> None:
    """Six things done in the week before, and a meeting; a plan and another meeting in this one."""
    for number in range(6):
        note(cast.member, MONDAY + timedelta(days=number), moods=(3, 5))
    at = datetime.combine(MONDAY, time(9), UTC)
    met = make_event(cast.group, now, starts_at=at, ends_at=at + timedelta(hours=1))
    Attendance.objects.create(event=met, person=cast.member)
    Rsvp.objects.create(event=make_event(cast.group, now), person=cast.member, status=Rsvp.Status.GOING)
    follow(cast.member, 1, 4)


def test_the_week_as_it_was_and_what_comes_next(cast: Cast, now: Any, api_as: Any) -> None:
    lived(cast, now)
    note(cast.stranger, MONDAY, title="Of somebody else")

    week = api_as(cast.member).get(URL).data

    assert (week["first_on"], week["last_on"], week["is_over"]) == ("2026-03-02", "2026-03-08", True)
    assert week["said"] == "You did something six times, on six days."
    assert week["met"] == "And you were there when your group met."
    assert [(log["local_on"], log["minutes"]) for log in week["logs"]] == [(f"2026-03-0{n}", 40) for n in range(2, 8)]
    assert (week["dose"]["minutes"], week["dose"]["target"]) == (240, 150)
    assert week["noticed"]["sentence"] == HIGHER
    assert "6 pairs" in week["noticed"]["figures"]
    assert [(day["on"], len(day["planned"]), len(day["events"])) for day in week["ahead"]] == [
        ("2026-03-10", 1, 0), ("2026-03-12", 0, 1), ("2026-03-13", 1, 0),
    ]  # fmt: skip
    assert week["any_day"] == []


def test_no_number_for_who_hides_them(cast: Cast, now: Any, api_as: Any) -> None:
    lived(cast, now)
    User.objects.update(hides_numbers=True)
    cast.member.refresh_from_db()

    week = api_as(cast.member).get(URL).data

    assert week["said"] == "You did something this week, and all of it counts."
    assert (week["dose"], {log["minutes"] for log in week["logs"]}) == (None, {None})
    assert week["noticed"] == {"sentence": HIGHER, "figures": ""}


def test_a_week_in_which_nothing_is_noted(cast: Cast, now: Any, api_as: Any) -> None:
    week = api_as(cast.member).get(URL, headers={"accept-language": "zh-CN"}).data
    assert (week["logs"], week["met"], week["noticed"], week["ahead"]) == ([], "", None, [])
    assert "没" in week["said"]


@pytest.mark.parametrize("day", ["2026-03-16", "2099-01-01", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_no_week_that_is_still_to_come(day: str, cast: Cast, now: Any, api_as: Any) -> None:
    answer = api_as(cast.member).get(f"/api/v1/weeks/{day}/back/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("name", ["stranger", "host", "superuser"])
def test_nobody_elses(cast: Cast, now: Any, api_as: Any, name: str) -> None:
    lived(cast, now)
    week = api_as(cast.people[name]).get(URL).data
    assert (week["logs"], week["met"], week["noticed"], week["ahead"]) == ([], "", None, [])
    assert api_as(None).get(URL).status_code == 401


def test_as_many_queries_for_one_as_for_many(cast: Cast, now: Any, api_as: Any) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert api_as(cast.member).get(URL).status_code == 200
        return len(queries)

    lived(cast, now)
    few = count()
    for number in range(6):
        note(cast.member, MONDAY + timedelta(days=number), moods=(3, 5), title="Once more")
    assert count() == few
