"""How much in a week, as a page."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import dose
from library.forms import DoseForm
from library.models import Citation
from tests.kit.cast import make_person

pytestmark = pytest.mark.usefixtures("library")
PATH = "/library/dose/"


@pytest.mark.parametrize("row", [row for row in dose.content()["worked_examples"] if "moderate" in row], ids=str)
def test_worked_weeks(client: Client, row: dict[str, Any]) -> None:
    answer = client.get(PATH, {name: row[name] for name in ("light", "moderate", "vigorous")})

    week = answer.context["week"]
    assert (week.minutes, week.band, week.light_minutes) == (row["expect_equivalent"], row["expect_band"], row["light"])
    assert f"{week.minutes} minutes in the week" in answer.text
    assert dose.band_of(week.minutes).labels["en"] in answer.text


@pytest.fixture
def zones_are_checked(library: None) -> None:
    Citation.objects.filter(key__in=dose.HEART_RATE_SOURCES).update(numbers_verified=True)


def test_heart_rates_wait_until_their_sources_are_checked(client: Client) -> None:
    answer = client.get(PATH, {"moderate": 10, "age": 40})

    assert answer.context["week"].minutes == 10
    assert "beats a minute" not in answer.text
    assert 'name="age"' not in answer.text


def test_worked_heart_rates(client: Client, zones_are_checked: None) -> None:
    page = client.get(PATH, {"moderate": 10, "age": 40}).text

    assert "115 to 137 beats a minute" in page
    assert "139 to 171 beats a minute" in page
    assert "give or take ten beats" in page


def test_without_a_question_there_is_no_answer(client: Client) -> None:
    answer = client.get(PATH)

    assert answer.context["week"] is None
    assert 'id="result"' not in answer.text


def test_nothing_at_all_is_met_kindly(client: Client) -> None:
    page = client.get(PATH, {"moderate": ""}).text

    assert dose.BANDS[0].labels["en"] in page
    assert "Ten minutes would count." in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"moderate": "many"}, "moderate"),
        ({"moderate": "-1"}, "moderate"),
        ({"vigorous": "10081"}, "vigorous"),
        ({"light": "9" * 40}, "light"),
        ({"light": "6000", "moderate": "5000"}, "light"),
        ({"strength": "51"}, "strength"),
        ({"age": "17"}, "age"),
        ({"age": "111"}, "age"),
        ({"target": "0"}, "target"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: Client, zones_are_checked: None, query: dict[str, str], field: str
) -> None:
    typed = {"mindful": "2", **query}
    answer = client.get(PATH, typed)

    form = answer.context["form"]
    assert answer.status_code == 200
    assert list(form.errors) == [field]
    assert answer.context["week"] is None
    assert answer.text.count('id="result"') == 1  # where the form's address leads, with or without an answer
    assert {name: form[name].value() for name in typed} == typed
    assert f'aria-describedby="id_{field}' in answer.text


def test_above_the_ceiling_rest_is_offered_and_nothing_praised(client: Client) -> None:
    at, above = (client.get(PATH, {"moderate": minutes}).text for minutes in (420, 421))

    assert "Rest belongs in it" not in at
    assert "Rest belongs in it" in above
    assert "#too-much" in above
    assert not re.search(r"(?i)well done|great|amazing|impressive", above)


def test_ones_own_target_is_used(client: Client, as_person: Any) -> None:
    person = make_person("walker", weekly_target_minutes=90)

    assert client.get(PATH, {"moderate": 60}).context["week"].target == dose.TARGET_MINUTES
    assert as_person(person).get(PATH, {"moderate": 60}).context["week"].target == 90
    assert as_person(person).get(PATH, {"moderate": 60, "target": 40}).context["week"].target == 40


def test_figures_that_nobody_checked_are_left_out(client: Client) -> None:
    assert not Citation.objects.get(key="pearce2022").numbers_verified
    page = client.get(PATH).text
    assert "18%" not in page

    Citation.objects.filter(key="pearce2022").update(numbers_verified=True)

    assert "18%" in client.get(PATH).text


def test_a_statement_whose_source_is_gone_goes_with_it(client: Client) -> None:
    words = "The first minutes are linked with the most."
    assert words in client.get(PATH).text

    Citation.objects.filter(key="harvey2018").delete()

    assert words not in client.get(PATH).text


def test_the_page_says_whom_to_see_first_and_in_chinese_too(client: Client) -> None:
    assert "#ask-first" in client.get(PATH).text
    assert "什么时候先去看医生" in client.get(f"/zh-hans{PATH}").text


def test_nothing_is_stored(client: Client) -> None:
    assert not client.get(PATH, {"moderate": 60, "age": 40}).cookies


counts = st.integers(min_value=-100, max_value=20_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(light=counts, moderate=counts, vigorous=counts, sessions=counts)
def test_whatever_is_typed_is_a_week_or_an_error(light: int, moderate: int, vigorous: int, sessions: int) -> None:
    form = DoseForm({"light": light, "moderate": moderate, "vigorous": vigorous, "strength": sessions})

    possible = min(light, moderate, vigorous, sessions) >= 0 and sessions <= DoseForm.MOST_SESSIONS
    assert form.is_valid() == (possible and light + moderate + vigorous <= dose.MINUTES_IN_A_WEEK)
    if form.is_valid():
        assert form.week().minutes == moderate + 2 * vigorous
