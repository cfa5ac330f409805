"""A week to look back on: in words, without a count for who hides numbers, and nothing causal."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from core import clock
from groups.models import Attendance
from mindmove.calendar.look_back import done_in_words, look_back_on
from plans.models import MoodRating, SessionLog
from tests.kit.cast import make_group, make_person
from tests.kit.world import World, make_event
from tests.plans.kit import make_type

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)  # of the week before the frozen day
PAGE = "/plans/weeks/2026-03-02/back/"


def note(person: User, day: date, *, moods: tuple[int, int] | None = None, **fields: object) -> SessionLog:
    at = datetime.combine(day, time(12), UTC)
    values = {"minutes": 40, "intensity": "moderate", "exercise_type": make_type("walking"), **fields}
    log = SessionLog.objects.create(person=person, done_at=at, local_on=day, time_zone="Europe/Berlin", **values)
    for moment, value in zip(("before", "after"), moods or (), strict=False):
        MoodRating.objects.create(log=log, moment=moment, value=value, rated_at=at)
    return log


@pytest.fixture
def anna(now: datetime) -> User:
    return make_person("anna")


@pytest.mark.parametrize(
    ("times", "days", "words"),
    [
        (0, 0, "Nothing is noted for this week. Weeks like that are part of it."),
        (1, 1, "You did something once, and it counts."),
        (2, 1, "You did something two times on one day."),
        (4, 3, "You did something four times, on three days."),
        (30, 7, "You did something 30 times, on seven days."),
    ],
)
def test_counts_in_words(times: int, days: int, words: str) -> None:
    assert done_in_words(times, days, hides=False) == words


def test_the_week_as_it_was(anna: User, as_person: Callable[[User], Client]) -> None:
    for number in (0, 0, 2):
        note(anna, MONDAY + timedelta(days=number))
    note(anna, MONDAY - timedelta(days=1), title="Of the week before")
    note(make_person("other"), MONDAY, title="Of somebody else")

    page = as_person(anna).get(PAGE).content.decode()

    assert "You did something three times, on two days." in page
    assert "120 minutes, counted at moderate effort. Your own target is 150." in page
    assert "Of the week before" not in page
    assert "Of somebody else" not in page


def test_no_number_for_who_hides_them(anna: User, as_person: Callable[[User], Client]) -> None:
    User.objects.update(hides_numbers=True)
    for number in range(6):
        note(anna, MONDAY + timedelta(days=number), moods=(3, 5))

    main = as_person(anna).get(PAGE).content.decode().split("<main")[1].split("</main>")[0]

    assert "You did something this week, and all of it counts." in main
    assert "minutes" not in main
    assert "six" not in main
    assert "You noted a higher mood afterwards than before." in main
    assert "pairs" not in main


@pytest.mark.parametrize(("pairs", "is_said"), [(4, False), (5, True)])
def test_it_says_what_was_noted_from_five_pairs_on(pairs: int, is_said: bool, anna: User, now: datetime) -> None:
    for number in range(pairs):
        note(anna, MONDAY + timedelta(days=number), moods=(3, 5))

    noticed = look_back_on(anna, MONDAY, now=now).noticed

    assert (noticed is not None) == is_said
    assert noticed is None or "5 pairs" in noticed.figures
    assert noticed is None or noticed.sentence == "You noted a higher mood afterwards than before."


def test_it_says_nothing_of_a_lower_mood(anna: User, now: datetime) -> None:
    for number in range(7):
        note(anna, MONDAY + timedelta(days=number), moods=(5, 3))

    assert look_back_on(anna, MONDAY, now=now).noticed is None


def test_it_says_nothing_of_what_was_noted_later(anna: User, now: datetime) -> None:
    note(anna, MONDAY)
    for number in range(7, 13):
        note(anna, MONDAY + timedelta(days=number), moods=(3, 5))

    assert look_back_on(anna, MONDAY, now=now).noticed is None


@pytest.mark.parametrize("first_weekday", [0, 6])
def test_the_week_is_the_persons(first_weekday: int, anna: User, now: datetime) -> None:
    User.objects.update(first_weekday=first_weekday)
    anna.refresh_from_db()

    week = look_back_on(anna, MONDAY, now=now)

    assert (week.first, week.last) == clock.week_of(MONDAY, first_weekday)


@pytest.mark.parametrize(
    ("language", "meetings", "words"),
    [
        ("en", 1, "And you were there when your group met."),
        ("en", 2, "And you were there at two meetings."),
        ("zh-hans", 1, "小组见面时，你也在。"),
        ("zh-hans", 2, "小组的2次见面，你都在。"),
    ],
)
def test_where_somebody_was(language: str, meetings: int, words: str, anna: User, now: datetime) -> None:
    group = make_group()
    for number in range(meetings):
        at = datetime.combine(MONDAY, time(9 + 2 * number), UTC)
        event = make_event(group, now, starts_at=at, ends_at=at + timedelta(hours=1))
        Attendance.objects.create(event=event, person=anna)

    with translation.override(language):
        assert look_back_on(anna, MONDAY, now=now).met == words


def test_what_comes_next(now: datetime, world: World, as_person: Callable[[User], Client]) -> None:
    today = clock.local_day(clock.now(), "Europe/Berlin")
    page = as_person(world.cast.member).get(f"/plans/weeks/{today - timedelta(days=7)}/back/").content.decode()

    assert "What comes next" in page


@pytest.mark.parametrize("path", ["/plans/weeks/2026-03-16/back/", "/plans/weeks/2099-01-01/back/"])
def test_no_week_that_is_still_to_come(path: str, anna: User, as_person: Callable[[User], Client]) -> None:
    assert as_person(anna).get(path).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == 302


def test_as_many_queries_for_one_as_for_many(anna: User, now: datetime) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            look_back_on(anna, MONDAY, now=now)
        return len(queries)

    for number in range(6):
        note(anna, MONDAY + timedelta(days=number), moods=(3, 5))
    few = count()
    for number in range(6):
        note(anna, MONDAY + timedelta(days=number), moods=(3, 5), title="Once more")

    assert count() == few
