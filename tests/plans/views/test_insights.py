"""The pages of my numbers and my mechanisms, and the same over the API."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from library.models import Emphasis
from plans.models import MoodRating
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_mechanism, make_plan, make_type, sessions_of

NUMBERS, MECHANISMS = "/plans/numbers/", "/plans/mechanisms/"


def note(person: User, now: Any, count: int, **details: Any) -> None:
    for number in range(count):
        done_at = now - timedelta(days=number)
        moods = {"mood_before": 3, "mood_after": 5 + number % 2}
        values = {"exercise_type": make_type("walking"), **moods, **details}
        log = log_session(person=person, now=now, done_at=done_at, minutes=12, intensity="light", **values)
        MoodRating.objects.create(log=log, moment="guess", value=4, rated_at=done_at)


def test_a_finding_is_a_sentence_with_its_interval_and_its_pairs(cast: Cast, now: Any, as_person: Any) -> None:
    note(cast.member, now, 9)
    page = as_person(cast.member).get(NUMBERS).text

    assert "You noted a higher mood afterwards than before." in page
    assert "Afterwards you noted a higher mood than you had guessed." in page
    assert "from 9 pairs." in page
    assert 'role="img"' in page


def test_four_pairs_are_not_enough_yet(cast: Cast, now: Any, as_person: Any) -> None:
    note(cast.member, now, 4)
    page = as_person(cast.member).get(NUMBERS).text

    assert "Not enough yet." in page
    assert "4 pairs so far" in page
    assert "higher mood" not in page


def test_who_hides_numbers_reads_words_alone_and_may_look_once(cast: Cast, now: Any, as_person: Any) -> None:
    note(cast.member, now, 9)
    User.objects.filter(pk=cast.member.pk).update(hides_numbers=True)
    hidden, shown = (as_person(cast.member).get(f"{NUMBERS}{query}").text for query in ("", "?show=1"))

    assert "You noted a higher mood afterwards than before." in hidden
    assert "from 9 pairs" not in hidden
    assert "chart__drawing" not in hidden
    assert "from 9 pairs" in shown


@pytest.mark.parametrize(("query", "count"), [("", 1), ("?range=year", 2), ("?range=all", 3), ("?range=x", 1)])
def test_the_range_says_how_far_back(cast: Cast, now: Any, api_as: Any, query: str, count: int) -> None:
    for days in (1, 200, 800):
        note(cast.member, now - timedelta(days=days), 1)

    assert api_as(cast.member).get(f"/api/v1/numbers/{query}").data["count"] == count


@pytest.mark.parametrize("path", [NUMBERS, MECHANISMS])
def test_queries_do_not_grow(cast: Cast, now: Any, as_person: Any, path: str) -> None:
    counts = []
    for logs in (1, 12):
        note(cast.member, now, logs)
        client = as_person(cast.member)
        with CaptureQueriesContext(connection) as made:
            answer = client.get(path)
        assert answer["Cache-Control"] == "private, no-store"
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_nobody_else_s_logs_count(cast: Cast, now: Any, api_as: Any) -> None:
    note(cast.member, now, 9)
    answer = api_as(cast.stranger).get("/api/v1/numbers/").data

    assert answer["count"] == 0
    assert {finding["n"] for finding in answer["findings"]} == {0}
    assert api_as(cast.stranger).get("/api/v1/my-mechanisms/").data["mechanisms"] == []


def test_the_api_names_method_level_and_interval(cast: Cast, now: Any, api_as: Any) -> None:
    note(cast.member, now, 9)
    finding = api_as(cast.member).get("/api/v1/numbers/").data["findings"][1]

    assert (finding["measure"], finding["state"], finding["n"]) == ("after_against_before", "higher", 9)
    assert (finding["method"], finding["level"]) == ("paired t", 0.9875)
    assert finding["interval"]["low"] < finding["interval"]["mean"] < finding["interval"]["high"]


def test_steps_name_their_mechanisms_and_kinds_emphasise_theirs(cast: Cast, now: Any, api_as: Any) -> None:
    plan = make_plan()
    own = {"enrollment": make_enrollment(cast.member, plan), "session": sessions_of(plan)[0]}
    often, little = make_mechanism("sleep"), make_mechanism("hippocampus")
    for mechanism, weight in ((often, 2), (little, 1)):
        Emphasis.objects.create(exercise_type=make_type("yoga"), mechanism=mechanism, weight=weight, basis="evidence")
    note(cast.member, now, 3, **own)
    note(cast.member, now, 1, exercise_type=make_type("yoga"))
    note(cast.member, now - timedelta(days=28), 5, exercise_type=make_type("yoga"))

    answer = api_as(cast.member).get("/api/v1/my-mechanisms/").data
    assert [(row["slug"], row["times"]) for row in answer["mechanisms"]] == [
        ("behavioural-activation", 3),
        ("sleep", 1),
    ]


def test_the_map_is_lit_where_something_was_touched(cast: Cast, now: Any, as_person: Any) -> None:
    note(cast.member, now, 1, session=sessions_of(make_plan())[0])
    make_mechanism("sleep")
    page = as_person(cast.member).get(MECHANISMS).text

    assert 'is-lit" data-stop="behavioural-activation"' in page
    assert 'is-lit" data-stop="sleep"' not in page
