"""When rest is offered: over 420 minutes in a week, or seven days of effort without one for rest."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from library import dose
from plans.rest import Reason, rest_note_for, rest_reason
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_type

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("minutes", "reason"), [(0, None), (420, None), (421, Reason.MUCH), (5000, Reason.MUCH)])
def test_above_the_ceiling_rest_is_offered(minutes: int, reason: Reason | None) -> None:
    assert rest_reason(minutes=minutes, days_of_effort=set(), today=TODAY) == reason


@pytest.mark.parametrize(
    ("days_ago", "is_offered"),
    [
        (range(7), True),
        (range(1, 8), True),  # nothing yet this morning: the day to offer it on
        (range(2, 9), False),  # yesterday was for rest
        (range(6), False),
        ([0, 1, 2, 4, 5, 6, 7, 8], False),
    ],
)
def test_seven_days_without_rest(days_ago: Any, is_offered: bool) -> None:
    days = {TODAY - DAY * n for n in days_ago}
    assert (rest_reason(minutes=0, days_of_effort=days, today=TODAY) == Reason.NO_REST) == is_offered


@given(days=st.sets(st.integers(0, 30)), minutes=st.integers(0, 420))
def test_a_day_of_rest_in_the_week_before_is_enough(days: set[int], minutes: int) -> None:
    effort = {TODAY - DAY * n for n in days if n not in {1, 4}}
    assert rest_reason(minutes=minutes, days_of_effort=effort, today=TODAY) is None


def note(cast: Cast, now: datetime, minutes: int = 30, intensity: str = "moderate", **fields: Any) -> None:
    log_session(
        person=cast.member, now=now, minutes=minutes, intensity=intensity, exercise_type=make_type("walking"), **fields
    )


@pytest.mark.parametrize(
    ("fields", "is_offered"), [({}, True), ({"intensity": "light"}, False), ({"is_floor": True}, False)]
)
def test_a_light_day_or_a_small_version_is_rest_enough(
    cast: Cast, now: datetime, fields: Any, is_offered: bool, django_assert_num_queries: Any
) -> None:
    for back in range(7):
        note(cast, now - DAY * back, **(fields if back == 3 else {}))

    with django_assert_num_queries(1):
        assert (rest_note_for(cast.member, now=now) is not None) == is_offered


def test_it_is_said_without_praise_on_today_the_weeks_and_to_apps(
    cast: Cast, now: datetime, as_person: Any, api_as: Any
) -> None:
    client, words = as_person(cast.member), "Rest belongs in it as well"
    assert words not in client.get("/").content.decode()
    note(cast, now, minutes=dose.CEILING_MINUTES + 1)

    for path in ("/", "/plans/weeks/"):
        page = client.get(path).content.decode()
        assert words in page
        assert f"{reverse('library:safety')}#too-much" in page
    for path in ("/api/v1/today/", "/api/v1/weeks/"):
        found = api_as(cast.member).get(path).data["rest_note"]
        assert found["reason"] == "much_in_a_week"
        assert words in found["text"]
    assert api_as(cast.stranger).get("/api/v1/today/").data["rest_note"] is None
