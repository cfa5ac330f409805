"""My last weeks, and hiding every number."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from plans.services.logs import log_session
from plans.week import last_weeks
from tests.kit.cast import Cast
from tests.kit.markup import elements, text_of
from tests.plans.kit import make_type

WEEKS = "/plans/weeks/"


def note(person: User, now: datetime, kind: str = "walking", intensity: str = "moderate", **fields: Any) -> None:
    details = {"minutes": 37, "intensity": intensity, "exercise_type": make_type(kind), **fields}
    log_session(person=person, now=now, **details)


def test_weeks_with_something_are_counted_wherever_they_lie(cast: Cast, now: datetime, as_person: Any) -> None:
    for weeks, kind, intensity in [(0, "walking", "light"), (3, "strength", "moderate"), (9, "mindful", "light")]:
        note(cast.member, now - timedelta(weeks=weeks), kind, intensity)
    note(cast.member, now - timedelta(weeks=12))

    page = as_person(cast.member).get(WEEKS).content.decode()

    assert "In 3 of the last twelve weeks you did something." in page
    assert len(list(elements(page, "path", **{"class": "range__hill"}))) == 12


def test_each_kind_stands_in_a_column_of_its_own(cast: Cast, now: datetime, as_person: Any) -> None:
    note(cast.member, now, minutes=31)
    note(cast.member, now, "aerobic", "vigorous", minutes=11)
    note(cast.member, now, intensity="light", minutes=23)
    note(cast.member, now, "strength", minutes=20)
    note(cast.member, now, "mindful", "light", minutes=20)

    (table,) = elements(as_person(cast.member).get(WEEKS).content.decode(), "table", **{"class": "weeks"})

    rows = [[text_of(cell) for cell in elements(row, "td")] for row in elements(table, "tr")]
    assert rows[1:3] == [["31", "11", "23", "1", "1"], ["–"] * 5]
    assert len(rows) == 13


def test_the_weeks_are_one_query_and_mine_alone(cast: Cast, now: datetime, django_assert_num_queries: Any) -> None:
    for count in (1, 3):
        for number in range(count):
            note(cast.member, now - timedelta(days=number * 9))
        with django_assert_num_queries(1):
            weeks = last_weeks(cast.member, now=now)
    assert [week.minutes for week in weeks[:4]] == [74, 0, 37, 37]
    assert not any(week.has_something for week in last_weeks(cast.stranger, now=now))


def test_the_first_weekday_decides_where_a_week_begins(cast: Cast, now: datetime) -> None:
    cast.member.first_weekday = 6
    assert str(last_weeks(cast.member, now=now)[0].first_on) == "2026-03-08"


# Hiding numbers ----------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/", WEEKS, "/plans/logs/", "/plans/calendar/", "/plans/calendar/week/2026-03-10/"])
def test_hiding_numbers_says_the_same_in_words(cast: Cast, now: datetime, as_person: Any, path: str) -> None:
    note(cast.member, now, mood_before=2, mood_after=6)
    client = as_person(cast.member)
    shown = text_of_page(client, path)
    assert "37" in shown

    client.post("/me/numbers/", {"hide": "1", "next": path})

    hidden = text_of_page(client, path)
    assert "37" not in hidden
    assert "of 7" not in hidden
    assert "150" not in hidden
    assert "Walking" in hidden or path in {"/", WEEKS}


def text_of_page(client: Any, path: str) -> str:
    page = client.get(path).content.decode()
    return " ".join(text_of(main) for name in ("main", "aside") for main in elements(page, name))


def test_mood_is_said_in_words(cast: Cast, now: datetime, as_person: Any) -> None:
    User.objects.filter(pk=cast.member.pk).update(hides_numbers=True)
    note(cast.member, now, mood_before=1, mood_after=6)

    page = text_of_page(as_person(cast.member), "/plans/logs/")

    assert "very low" in page
    assert "after: good" in page


def test_one_tap_leads_back_and_another_undoes_it(cast: Cast, now: datetime, as_person: Any) -> None:
    client = as_person(cast.member)

    for value, expected in [("1", True), ("0", False)]:
        answer = client.post("/me/numbers/", {"hide": value, "next": WEEKS})
        cast.member.refresh_from_db()
        assert (answer.url, cast.member.hides_numbers) == (WEEKS, expected)


def test_numbers_are_hidden_by_post_for_members_only(cast: Cast, as_person: Any) -> None:
    assert as_person(cast.member).get("/me/numbers/").status_code == 405
    assert as_person(None).post("/me/numbers/", {"hide": "1"}).url.startswith("/account/login/")


def test_the_target_moves_its_mark(cast: Cast, now: datetime, as_person: Any) -> None:
    posts = []
    for target in (150, 240):
        User.objects.filter(pk=cast.member.pk).update(weekly_target_minutes=target)
        hill = next(elements(as_person(cast.member).get("/").content.decode(), "figure", **{"class": "hill"}))
        posts.append([text_of(label) for label in elements(hill, "text")])
    assert posts == [["75", "150"], ["75", "150", "240"]]
