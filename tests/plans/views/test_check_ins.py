"""Questions, a result in plain words with help first, and one reader."""

import logging
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core import mail

from core import clock
from library.models import HelpLine, HelpRegion, SafetyText
from plans.models import CheckIn
from tests.kit.cast import Cast
from tests.plans.kit import both, make_enrollment, make_plan

LIST = "/plans/check-ins/"
NUMBERS = 'details class="fold fold--ruled"'


def sheet(value: int, items: int) -> dict[str, str]:
    return {"uuid": str(uuid4()), **{f"item_{n}": str(value) for n in range(1, items + 1)}}


def take(client: Any, key: str = "phq8", value: int = 1, items: int = 8) -> Any:
    return client.post(f"{LIST}{key}/", sheet(value, items))


def page_of(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


@pytest.fixture
def lines(db: None) -> None:
    region = HelpRegion.objects.create(code="uk", order=1, emergency_numbers="999", **both("name", "United Kingdom"))
    line = {"order": 1, "phone": "116 123", **both("name", "A line that listens")}
    HelpLine.objects.create(region=region, **line)
    HelpLine.objects.create(order=2, url="https://help.example/", **both("name", "A line for everywhere"))
    SafetyText.objects.create(
        group="disclaimer", key="scales", order=1, placements=",check-ins,", **both("text", "It opens a conversation.")
    )


def test_every_question_is_a_group_of_its_answers(cast: Cast, now: Any, as_person: Any) -> None:
    page = page_of(as_person(cast.member), f"{LIST}gad7/")
    assert page.count("<fieldset") == 7
    assert page.count('type="radio"') == 28
    assert "<script" not in page.split("<main")[1].split("</main")[0]


def test_below_the_cut_off_the_words_are_plain_and_the_number_is_folded(
    cast: Cast, now: Any, as_person: Any, lines: None
) -> None:
    client = as_person(cast.member)
    page = page_of(client, take(client).url)
    assert "outside the range" in page
    assert "Somebody to talk to" not in page
    assert "8, on a scale from 0 to 24." in page.split(NUMBERS)[1]
    assert "It opens a conversation." in page


@pytest.mark.parametrize(("key", "items", "value"), [("phq8", 8, 2), ("gad7", 7, 3), ("who5", 5, 2)])
def test_from_the_cut_off_on_somebody_to_talk_to_comes_before_the_number(
    cast: Cast, now: Any, as_person: Any, lines: None, key: str, items: int, value: int
) -> None:
    client = as_person(cast.member)
    page = page_of(client, take(client, key, value, items).url)
    words, number = page.index("talking to somebody is worthwhile"), page.index(NUMBERS)
    assert words < page.index("Somebody to talk to") < page.index("A line for everywhere") < number
    assert "you have" not in page.split("<main")[1].split("</main")[0].lower()


def test_the_lines_are_those_of_the_place_that_was_picked_or_remembered(
    cast: Cast, now: Any, as_person: Any, lines: None, settings: Any
) -> None:
    client = as_person(cast.member)
    path = take(client, value=3).url
    assert "A line that listens" not in page_of(client, path)
    assert "A line that listens" in page_of(client, f"{path}?region=uk")
    client.cookies[settings.HELP_REGION_COOKIE] = "uk"
    assert "116 123" in page_of(client, path)


def test_a_question_left_out_is_said_beside_it_and_the_others_stay(cast: Cast, now: Any, as_person: Any) -> None:
    given = sheet(1, 8)
    del given["item_3"]
    answer = as_person(cast.member).post(f"{LIST}phq8/", given)
    assert list(answer.context["form"].errors) == ["item_3"]
    assert answer.content.decode().count("checked") == 7
    assert not CheckIn.objects.visible_to(cast.member).exists()


def test_a_second_one_within_two_weeks_is_refused_with_the_reason(cast: Cast, now: Any, as_person: Any) -> None:
    client = as_person(cast.member)
    take(client)
    assert "taken again from Tuesday 24 March" in page_of(client, f"{LIST}phq8/")
    assert "taken again from Tuesday 24 March" in page_of(client, LIST)
    assert "taken again from Tuesday 24 March" in take(client).content.decode()
    with clock.frozen_at(now + timedelta(days=14)):
        assert take(client).status_code == 302


def test_earlier_results_are_a_line_and_a_table(cast: Cast, now: Any, as_person: Any) -> None:
    client = as_person(cast.member)
    take(client, value=2)
    with clock.frozen_at(now + timedelta(days=20)):
        take(client, value=0)
        page = page_of(client, LIST)
    assert page.split('class="check-line"')[1].split("</svg>")[0].count("<circle") == 2
    assert page.index("0 of 24") < page.index("16 of 24")
    assert "a talk is worthwhile" in page


def test_who_hides_numbers_sees_words_alone(cast: Cast, now: Any, as_person: Any) -> None:
    cast.member.hides_numbers = True
    cast.member.save()
    client = as_person(cast.member)
    path = take(client, value=2).url
    with clock.frozen_at(now + timedelta(days=20)):
        take(client, value=2)
        pages = page_of(client, path), page_of(client, LIST)
    for page in pages:
        assert "worthwhile" in page
        assert not re.search(r"\b16\b", page.split("<main")[1].split("</main")[0])
        assert "check-line" not in page


def test_one_removes_ones_own(cast: Cast, now: Any, as_person: Any) -> None:
    client = as_person(cast.member)
    path = f"{take(client).url}delete/"
    page_of(client, path)
    assert CheckIn.objects.visible_to(cast.member).exists()
    assert client.post(path).url == LIST
    assert not CheckIn.objects.visible_to(cast.member).exists()


@pytest.mark.parametrize("name", ["stranger", "host", "owner", "editor", "superuser"])
def test_nobody_else_finds_a_result(cast: Cast, now: Any, as_person: Any, name: str) -> None:
    path, client = take(as_person(cast.member)).url, as_person(cast.people[name])
    for address in (path, f"{path}delete/"):
        assert client.get(address).status_code == client.post(f"{path}delete/").status_code == 404
    assert path not in client.get(LIST).content.decode()
    assert CheckIn not in admin.site._registry


def test_where_nothing_is_on_the_pages_are_not_there_and_nothing_leads_to_them(
    cast: Cast, now: Any, as_person: Any, settings: Any
) -> None:
    client = as_person(cast.member)
    path = take(client).url
    assert LIST in page_of(client, "/plans/mine/")
    settings.CHECK_IN_SCALES = []
    for address in (LIST, f"{LIST}phq8/", path, f"{path}delete/"):
        assert client.get(address).status_code == as_person(None).get(address).status_code == 404
    assert "check-ins" not in page_of(client, "/plans/mine/")


def test_a_scale_that_was_switched_off_keeps_its_results_and_asks_no_more(
    cast: Cast, now: Any, as_person: Any, settings: Any
) -> None:
    client = as_person(cast.member)
    path = take(client).url
    settings.CHECK_IN_SCALES = ["who5"]
    assert path in page_of(client, LIST)
    assert client.get(f"{LIST}phq8/").status_code == 404


def test_my_plans_suggest_what_is_due_and_on(cast: Cast, now: Any, as_person: Any, settings: Any) -> None:
    plan = make_plan()
    plan.check_in_scale, plan.check_in_weeks = "WHO-5", [0, 2]
    plan.save()
    make_enrollment(cast.member, plan, starts_on=now.date() - timedelta(days=1))
    client, way = as_person(cast.member), f'href="{LIST}who5/"'
    assert way in page_of(client, "/plans/mine/")
    take(client, "who5", 3, 5)
    assert way not in page_of(client, "/plans/mine/")
    with clock.frozen_at(now + timedelta(days=14)):
        assert way in page_of(client, "/plans/mine/")
        settings.CHECK_IN_SCALES = ["phq8"]
        assert way not in page_of(client, "/plans/mine/")


def test_the_list_asks_the_same_number_of_questions_whatever_the_rows(
    cast: Cast, now: Any, as_person: Any, django_assert_num_queries: Any
) -> None:
    client, counts = as_person(cast.member), []
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    for week in (0, 2, 4):
        with clock.frozen_at(now + timedelta(weeks=week)):
            take(client)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page_of(client, LIST)
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_no_log_and_no_mail_knows_of_it(cast: Cast, now: Any, as_person: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client = as_person(cast.member)
        page_of(client, take(client, value=2).url)
    assert "phq8" not in caplog.text
    assert mail.outbox == []


def test_answers_are_private_and_not_kept_by_anybody_on_the_way(cast: Cast, now: Any, as_person: Any) -> None:
    client = as_person(cast.member)
    for path in (LIST, f"{LIST}phq8/", take(client).url):
        assert client.get(path)["Cache-Control"] == "private, no-store"
