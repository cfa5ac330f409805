"""What is together, on pages and over the API: for those who are in, in words, with a fixed number of queries."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from groups.models import Buddies, Goal, GoalShare, Noticer
from groups.services.goals import set_goal
from tests.kit.cast import Cast

type SignIn = Callable[[User | None], Client]


@pytest.fixture
def goal(cast: Cast, now: datetime) -> Goal:
    day = now.date()
    values = {"title": "Around the lake", "unit": "minutes", "target": 600, "starts_on": day}
    return set_goal(group=cast.group, person=cast.host, ends_on=day + timedelta(days=20), now=now, **values)  # type: ignore[arg-type]


def show(goal: Goal, total: int, now: datetime) -> None:
    Goal.objects.filter(pk=goal.pk).update(shown_total=total, shown_at=now)


def test_the_goal_stands_on_the_page_of_members_alone(cast: Cast, goal: Goal, as_person: SignIn) -> None:
    page = f"/groups/{cast.group.slug}/"

    assert "Around the lake" in as_person(cast.member).get(page).content.decode()
    for person in (None, cast.stranger):
        assert "Around the lake" not in as_person(person).get(page).content.decode()
        assert as_person(cast.stranger).get(goal.get_absolute_url()).status_code == 404


def test_the_figure_is_said_roughly_and_only_once_there_is_one(
    cast: Cast, goal: Goal, as_person: SignIn, now: datetime
) -> None:
    browser = as_person(cast.member)
    assert "The ground is ready" in browser.get(goal.get_absolute_url()).content.decode()

    show(goal, 347, now)

    page = browser.get(goal.get_absolute_url()).content.decode()
    assert "330 minutes" in page
    assert not re.search(r"\b347\b(?!\.\d)", page)  # a flower may stand at 347.2


def test_whoever_hides_numbers_reads_words(cast: Cast, goal: Goal, as_person: SignIn, now: datetime) -> None:
    User.objects.filter(pk=cast.member.pk).update(hides_numbers=True)
    show(goal, 347, now)

    page = as_person(User.objects.get(pk=cast.member.pk)).get(goal.get_absolute_url()).content.decode()

    assert "More than half has grown." in page
    assert "330 minutes" not in page


def test_my_part_counts_and_no_longer_in_one_step_each(cast: Cast, goal: Goal, as_person: SignIn) -> None:
    browser = as_person(cast.member)

    browser.post(f"{goal.get_absolute_url()}count/")
    assert GoalShare.objects.get().person == cast.member
    assert "Let my part count" in as_person(cast.host).get(goal.get_absolute_url()).content.decode()

    browser.post(f"{goal.get_absolute_url()}not-count/")
    assert not GoalShare.objects.exists()


def test_the_api_says_what_the_page_says(cast: Cast, goal: Goal, now: datetime) -> None:
    show(goal, 347, now)
    api = APIClient()
    api.force_authenticate(cast.member)
    address = f"/api/v1/groups/{cast.group.uuid}/goals/"

    assert api.put(f"{address}{goal.uuid}/part/").json()["is_mine"] is True
    (found,) = api.get(address).json()

    assert found["reached"] == 330
    assert "shown_total" not in found


def test_a_group_page_asks_as_much_for_three_goals_as_for_one(
    cast: Cast, goal: Goal, as_person: SignIn, now: datetime, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _number in range(2):
        Goal.objects.create(
            group=cast.group, title="Old", unit="minutes", target=9, starts_on=now, ends_on=now, closed_at=now
        )
    browser = as_person(cast.member)
    browser.get("/")

    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        browser.get(f"/groups/{cast.group.slug}/")


def test_buddies_from_asking_to_ending(cast: Cast, as_person: SignIn, now: datetime) -> None:
    asking, asked = as_person(cast.host), as_person(cast.member)

    asking.post("/groups/buddies/ask/", {"person": str(cast.member.uuid)})
    pair = Buddies.objects.get()
    assert "would like to be your buddy" in asked.get("/groups/buddies/").content.decode()
    asked.post(f"/groups/buddies/{pair.uuid}/agree/")
    asking.post(f"/groups/buddies/{pair.uuid}/word/", {"word": "company"})

    assert "would like company" in asked.get("/groups/buddies/").content.decode()
    assert as_person(cast.stranger).post(f"/groups/buddies/{pair.uuid}/end/").status_code == 404
    asked.post(f"/groups/buddies/{pair.uuid}/end/")
    assert not Buddies.objects.exists()


def test_a_word_of_a_day_is_a_key_for_programs_and_words_for_people(
    cast: Cast, as_person: SignIn, now: datetime, api_as: Callable[[User], APIClient]
) -> None:
    pair = Buddies.objects.create(asked_by=cast.host, asked=cast.member, agreed_at=now)
    client = api_as(cast.host)
    said = client.put(f"/api/v1/buddies/{pair.uuid}/word/", {"word": "not_today"}, headers={"Accept-Language": "zh"})

    assert (said.json()["today"]["mine"], said.json()["today"]["theirs"]) == ("not_today", None)
    assert "<strong>not today</strong>" in as_person(cast.host).get("/groups/buddies/").content.decode()
    assert "<strong>not today</strong>" in as_person(cast.member).get("/groups/buddies/").content.decode()


@pytest.mark.parametrize("sent", ["", "nobody", "5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10"])
def test_somebody_unknown_is_asked_for_again(cast: Cast, as_person: SignIn, now: datetime, sent: str) -> None:
    assert as_person(cast.host).post("/groups/buddies/ask/", {"person": sent}).status_code == 200
    assert not Buddies.objects.exists()


def test_the_words_of_somebody_who_asks_stay_with_them(cast: Cast, as_person: SignIn, now: datetime) -> None:
    words = "Ask me out for ginger tea."
    as_person(cast.host).post(
        "/groups/buddies/noticing/", {"friend": str(cast.member.uuid), "after_days": 7, "words": words}
    )
    noticer, friend = Noticer.objects.get(), as_person(cast.member)

    friend.post(f"/groups/buddies/noticing/{noticer.uuid}/agree/")

    assert words in as_person(cast.host).get("/groups/buddies/").content.decode()
    assert words not in friend.get("/groups/buddies/").content.decode()
    friend.post(f"/groups/buddies/noticing/{noticer.uuid}/end/")
    assert not Noticer.objects.exists()
