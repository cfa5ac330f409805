"""Bookmarks on pages: by plain forms, by htmx, in a list of one's own."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from library.models import ExerciseType, Mark, Mechanism
from library.services.marks import put_mark
from tests.kit.world import World

AsPerson = Callable[..., Client]
SLEEP = "/library/mine/mechanism/sleep/"


def test_a_plain_form_sets_and_takes_back_and_leads_back(world: World, as_person: AsPerson) -> None:
    browser, page = as_person(world.cast.member), "/library/mechanisms/sleep/"

    answer = browser.post(SLEEP, {"sense": "bookmark", "is_on": "1", "next": page})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert 'id="bookmark-sleep" name="is_on" value="0" aria-pressed="true"' in browser.get(page).text
    assert 'id="read-sleep" name="is_on" value="1" aria-pressed="false"' in browser.get(page).text

    browser.post(SLEEP, {"sense": "bookmark", "is_on": "0"})
    assert not Mark.objects.filter(mechanism__slug="sleep").exists()


def test_htmx_gets_the_marks_alone(world: World, as_person: AsPerson) -> None:
    data = {"sense": "read", "is_on": "1", "next": "/library/mechanisms/sleep/"}
    answer = as_person(world.cast.member).post(SLEEP, data, headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert 'id="read-sleep" name="is_on" value="0" aria-pressed="true"' in answer.text
    assert 'name="next" value="/library/mechanisms/sleep/"' in answer.text


@pytest.mark.parametrize("page", ["mechanisms/sleep/", "start/poor-sleep/", "exercise/walking/"])
def test_every_kind_of_page_offers_it_to_members_alone(world: World, as_person: AsPerson, page: str) -> None:
    assert 'name="sense" value="bookmark"' in as_person(world.cast.member).get(f"/library/{page}").text
    assert "marks" not in Client().get(f"/library/{page}").text


def test_reading_a_page_marks_nothing(world: World, as_person: AsPerson) -> None:
    as_person(world.cast.member).get("/library/mechanisms/sleep/")

    assert not Mark.objects.filter(mechanism__slug="sleep").exists()


@pytest.mark.parametrize(("data", "status"), [({"sense": "liked", "is_on": "1"}, 400), ({"sense": "read"}, 400)])
def test_an_unknown_mark_is_refused(world: World, as_person: AsPerson, data: dict[str, str], status: int) -> None:
    assert as_person(world.cast.member).post(SLEEP, data).status_code == status


@pytest.mark.parametrize("page", ["mechanism/unfinished", "mechanism/never", "song/sleep"])
def test_a_hidden_page_is_as_absent_as_one_that_never_was(world: World, as_person: AsPerson, page: str) -> None:
    answer = as_person(world.cast.member).post(f"/library/mine/{page}/", {"sense": "read", "is_on": "1"})

    assert answer.status_code == 404


def test_leading_back_never_leaves_the_site(world: World, as_person: AsPerson) -> None:
    data = {"sense": "read", "is_on": "1", "next": "https://elsewhere.example/"}

    assert as_person(world.cast.member).post(SLEEP, data)["Location"] == "/library/mechanisms/sleep/"


def test_my_list_holds_my_bookmarks_with_what_i_have_read(world: World, as_person: AsPerson, now: datetime) -> None:
    cast = world.cast
    put_mark(person=cast.member, page=world.mechanism, sense=Mark.Sense.BOOKMARK, now=now)
    put_mark(person=cast.member, page=world.mechanism, sense=Mark.Sense.READ, now=now)
    put_mark(person=cast.stranger, page=world.need, sense=Mark.Sense.BOOKMARK, now=now)

    mine = as_person(cast.member).get("/library/mine/").text

    assert "/library/mechanisms/sleep/" in mine
    assert "pill--moss" in mine
    assert world.need.get_absolute_url() not in mine


def test_my_list_takes_the_same_queries_with_one_and_with_three(
    world: World, as_person: AsPerson, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person, browser = world.cast.member, as_person(world.cast.member)
    pages = [world.mechanism, world.need, ExerciseType.objects.get(), Mechanism.objects.get(slug="nature")]
    for page in pages[:1]:
        put_mark(person=person, page=page, sense=Mark.Sense.BOOKMARK, now=now)
    with django_assert_num_queries(3):
        browser.get("/library/mine/")
    for page in pages:
        put_mark(person=person, page=page, sense=Mark.Sense.BOOKMARK, now=now)
    with django_assert_num_queries(3):
        browser.get("/library/mine/")
