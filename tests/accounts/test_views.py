"""Welcome, settings and the language switch."""

from datetime import date, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from tests.kit.cast import Cast, make_person

pytestmark = pytest.mark.django_db


def step(name: str) -> str:
    return reverse("accounts:welcome", args=[name])


def test_three_steps_each_saved_on_its_own(as_person, now: datetime) -> None:
    person = make_person("anna", display_name="", time_zone="UTC", welcomed_at=None)
    client = as_person(person)

    first = client.post(step("language"), {"language": "en", "next": "/groups/"})
    second = client.post(step("place"), {"time_zone": "Asia/Calcutta", "next": "/groups/"})
    person.refresh_from_db()
    halfway = (person.time_zone, person.is_welcomed)
    third = client.post(step("name"), {"display_name": "  Anna ", "next": "/groups/"})

    person.refresh_from_db()
    assert first.url == f"{step('place')}?next=%2Fgroups%2F"
    assert second.url == f"{step('name')}?next=%2Fgroups%2F"
    assert third.url == "/groups/"
    assert halfway == ("Asia/Calcutta", False)
    assert (person.display_name, person.welcomed_at) == ("Anna", now)


def test_language_chosen_first_is_spoken_from_the_next_step_on(as_person) -> None:
    client = as_person(make_person("anna", welcomed_at=None))

    assert client.post(step("language"), {"language": "zh-hans"}).url == "/zh-hans/me/welcome/place/"
    assert client.post("/zh-hans/me/welcome/place/", {"time_zone": "Asia/Shanghai"}).url == "/zh-hans/me/welcome/name/"
    assert client.post("/zh-hans/me/welcome/name/", {"display_name": "安娜"}).url == "/zh-hans/"


def test_refused_name_is_kept_with_its_reason(as_person) -> None:
    client = as_person(make_person("anna", welcomed_at=None))

    page = client.post(step("name"), {"display_name": "An\u202ena"})

    assert page.status_code == 200
    assert "direction of writing" in page.content.decode()
    assert "An\u202ena" in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_welcome_leads_to_no_other_site(as_person, elsewhere: str) -> None:
    client = as_person(make_person("anna", welcomed_at=None))

    assert client.post(step("name"), {"display_name": "Anna", "next": elsewhere}).url == "/"


def test_no_such_step(as_person, cast: Cast) -> None:
    assert as_person(cast.member).get(step("shoes")).status_code == 404
    assert Client().get(step("name")).status_code == 302


def settings_of(client: Client) -> dict[str, object]:
    form = client.get(reverse("accounts:settings")).context["form"]
    return {bound.name: "" if bound.value() is None else bound.value() for bound in form}


@pytest.mark.parametrize(
    ("field", "typed", "saved"),
    [
        ("display_name", "Änne", "Änne"),
        ("time_zone", "Australia/Lord_Howe", "Australia/Lord_Howe"),
        ("first_weekday", "6", 6),
        ("quiet_from", "20:15", time(20, 15)),
        ("quiet_until", "06:00", time(6, 0)),
        ("weekly_target_minutes", "75", 75),
        ("hides_numbers", "on", True),
        ("weekly_message_budget", "3", 3),
        ("messages_paused_until", "2026-04-01", date(2026, 4, 1)),
    ],
)
def test_every_setting_has_a_field_that_saves(as_person, cast: Cast, field: str, typed: str, saved: object) -> None:
    client = as_person(cast.member)
    data = settings_of(client)

    answer = client.post(reverse("accounts:settings"), {**data, field: typed})

    cast.member.refresh_from_db()
    assert answer.url == reverse("accounts:settings")
    assert getattr(cast.member, field) == saved


def test_language_in_settings_changes_the_page_at_once(as_person, cast: Cast) -> None:
    client = as_person(cast.member)

    answer = client.post(reverse("accounts:settings"), {**settings_of(client), "language": "zh-hans"})

    assert answer.url == "/zh-hans/me/settings/"


def test_refused_settings_change_nothing_and_lose_nothing(as_person, cast: Cast) -> None:
    client = as_person(cast.member)
    data = {**settings_of(client), "weekly_target_minutes": "0", "display_name": "Somebody"}

    page = client.post(reverse("accounts:settings"), data)

    cast.member.refresh_from_db()
    assert page.status_code == 200
    assert "Somebody" in page.content.decode()
    assert (cast.member.display_name, cast.member.weekly_target_minutes) == ("Member", 150)


def test_visitor_reads_on_in_the_other_language(client: Client) -> None:
    answer = client.post(reverse("accounts:language"), {"language": "zh-hans", "next": "/account/login/"})

    assert answer.url == "/zh-hans/account/login/"


def test_language_switch_acts_on_post_alone(client: Client) -> None:
    assert client.get(reverse("accounts:language")).status_code == 405
    assert client.post(reverse("accounts:language"), {"language": "xx"}).url == "/"


@pytest.mark.parametrize("wanted", ["nowhere", "?page=2", "#top", "home"])
def test_a_next_page_that_is_no_address_is_passed_over(client: Client, wanted: str) -> None:
    answer = client.post("/me/language/", {"language": "zh-hans", "next": wanted})

    assert (answer.status_code, answer["Location"]) == (302, "/zh-hans/")
