"""Feature A6 at the doors: asking with the password again, seven days of one page, and keeping it after all."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.keeping import token_for
from accounts.models import AccessToken, User
from accounts.services.leaving import TO_THINK, ask_to_leave, stay
from accounts.services.people import add_person
from accounts.services.standing import close, reopen
from accounts.services.tokens import create_token
from accounts.tasks import erase
from core import clock
from mindmove.celery import app as celery
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.accounts.entrance.phone import BASE, Phone
from tests.accounts.entrance.test_second_factor import SECRET, code_now
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
LEAVING, STAY = "/me/delete/", "/me/delete/stay/"
DELETION, ME = "/api/v1/me/deletion/", "/api/v1/me/"
KEEP = re.compile(r"/me/delete/keep/[^\s\"]+/")


@pytest.fixture
def anna() -> User:
    told = {"display_name": "Anna", "welcomed_at": LONG_AGO, "time_zone": "Europe/Berlin"}
    return add_person(email="anna@people.example", password=PASSWORD, **told)


def browser_of(person: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def ask(browser: Client) -> Any:
    """Ask for it; the password is asked for on the way."""
    asked = browser.post(LEAVING)
    return browser.post(asked["Location"], {"password": PASSWORD}) if "reauth" in asked["Location"] else asked


def phone_of(person: User) -> Phone:
    phone = Phone()
    assert phone.post("/auth/login", email=person.email, password=PASSWORD).status_code == 200
    return phone


def asked_by_phone(person: User) -> Phone:
    phone = phone_of(person)
    phone.post("/auth/reauthenticate", password=PASSWORD)
    assert phone.call("POST", DELETION).status_code == 202
    return phone


# On the web --------------------------------------------------------------------------------------------
def test_it_wants_the_password_again(anna: User) -> None:
    browser = browser_of(anna)
    assert "seven days" in browser.get(LEAVING).content.decode()
    asked = browser.post(LEAVING)
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(asked["Location"], {"password": "wrong"})
    anna.refresh_from_db()
    assert (anna.erase_at, anna.is_active) == (None, True)


def test_asking_closes_the_account_and_shows_the_day(anna: User, now: datetime) -> None:
    browser = browser_of(anna)
    assert ask(browser)["Location"] == LEAVING

    anna.refresh_from_db()
    assert (anna.erase_at, anna.is_active) == (now + TO_THINK, False)
    page = browser.get(LEAVING).content.decode()
    assert "Tuesday 17 March, 10:00" in page
    assert "Keep it after all" in page


@pytest.mark.parametrize("path", ["/", "/me/settings/", "/plans/mine/", "/groups/", "/account/email/", "/messages/"])
def test_every_other_page_leads_to_that_one(anna: User, now: datetime, path: str) -> None:
    browser = browser_of(anna)
    ask(browser)
    answer = browser.get(path)
    assert (answer.status_code, answer["Location"]) == (302, LEAVING)
    assert browser.post(path)["Location"] == LEAVING


@pytest.mark.parametrize("path", ["/library/get-help/", "/library/"])
def test_get_help_stays_open(anna: User, now: datetime, path: str) -> None:
    browser = browser_of(anna)
    ask(browser)
    assert browser.get(path).status_code == 200


def test_one_click_keeps_it(anna: User, now: datetime) -> None:
    browser = browser_of(anna)
    ask(browser)
    assert browser.post(STAY)["Location"] == "/"
    anna.refresh_from_db()
    assert (anna.erase_at, anna.is_active) == (None, True)
    assert browser.get("/me/settings/").status_code == 200
    with clock.frozen_at(now + TO_THINK):
        erase()
    assert User.objects.filter(pk=anna.pk).exists()


def test_other_sessions_and_tokens_end_and_a_new_sign_in_finds_the_one_page(anna: User, now: datetime) -> None:
    browser, other = browser_of(anna), browser_of(anna)
    _made, secret = create_token(person=anna, name="Watch", kind="app", scope="read", now=now)
    ask(browser)

    assert other.get("/me/settings/")["Location"].startswith("/account/login/")
    assert Client().get(ME, headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    again = browser_of(anna)
    assert again.get("/")["Location"] == LEAVING
    assert again.post(STAY)["Location"] == "/"
    assert other.get("/me/settings/")["Location"].startswith("/account/login/")
    assert AccessToken.objects.get().revoked_at == now


def test_a_second_factor_is_asked_for_then_too(anna: User, now: datetime) -> None:
    TOTP.activate(anna, SECRET)
    ask_to_leave(person=anna, kept=None, now=now)
    browser = browser_of(anna)
    assert browser.get(LEAVING)["Location"].startswith("/account/login/")
    browser.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "Keep it after all" in browser.get(LEAVING).content.decode()


def test_a_closed_account_stays_closed_to_everybody_else(anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert browser_of(anna).get(LEAVING)["Location"].startswith("/account/login/")


def test_a_ban_in_between_stays_a_ban(anna: User, now: datetime) -> None:
    ask_to_leave(person=anna, kept=None, now=now)
    close(person=anna, now=now)
    assert browser_of(anna).get(LEAVING)["Location"].startswith("/account/login/")
    stay(person=anna)
    assert not User.objects.get(pk=anna.pk).is_active
    reopen(person=anna)
    assert User.objects.get(pk=anna.pk).is_active


def test_a_ban_that_is_taken_back_opens_nothing_of_who_is_leaving(anna: User, now: datetime) -> None:
    ask_to_leave(person=anna, kept=None, now=now)
    close(person=anna, now=now)
    anna.refresh_from_db()
    reopen(person=anna)
    anna.refresh_from_db()
    assert (anna.is_active, anna.erase_at) == (False, now + TO_THINK)


def test_nobody_sees_them_meanwhile(anna: User, now: datetime) -> None:
    other = add_person(email="ben@people.example", password=PASSWORD)
    assert User.objects.visible_to(other).filter(pk=anna.pk).exists()
    ask_to_leave(person=anna, kept=None, now=now)
    assert not User.objects.visible_to(other).filter(pk=anna.pk).exists()
    stay(person=anna)
    assert User.objects.visible_to(other).filter(pk=anna.pk).exists()


def test_asking_twice_is_asking_once(anna: User, now: datetime) -> None:
    first = ask_to_leave(person=anna, kept=None, now=now)
    assert ask_to_leave(person=anna, kept=None, now=now + timedelta(days=3)) == first
    assert Delivery.objects.filter(notification__person=anna, channel="email").count() == 1


# The mail ----------------------------------------------------------------------------------------------
def test_one_mail_says_when_and_keeps_it_without_signing_in(anna: User, now: datetime) -> None:
    ask_to_leave(person=anna, kept=None, now=now)
    deliver_due(channel="email", now=now)
    [sent] = mail.outbox
    assert sent.to == [anna.email]
    assert "Tuesday 17 March, 10:00" in sent.body
    found = KEEP.search(sent.body)
    assert found

    visitor = Client()
    assert "Keep it after all" in visitor.get(found.group()).content.decode()
    assert not User.objects.get(pk=anna.pk).is_active
    assert visitor.post(found.group())["Location"] == "/account/login/"

    assert User.objects.get(pk=anna.pk).is_active
    assert visitor.get(found.group()).status_code == 404
    assert browser_of(anna).get("/me/settings/").status_code == 200


def test_a_link_of_a_former_time_keeps_nothing(anna: User, now: datetime) -> None:
    ask_to_leave(person=anna, kept=None, now=now)
    old = token_for(anna)
    stay(person=anna)
    ask_to_leave(person=anna, kept=None, now=now + timedelta(days=1))
    for token in (old, "not-a-token", token_for(anna)[:-2]):
        assert Client().post(reverse("accounts:keep", args=[token])).status_code == 404
    assert User.objects.get(pk=anna.pk).is_leaving


def test_who_keeps_it_at_once_gets_no_mail(anna: User, now: datetime) -> None:
    ask_to_leave(person=anna, kept=None, now=now)
    stay(person=anna)
    deliver_due(channel="email", now=now)
    assert mail.outbox == []
    assert Delivery.objects.get(notification__person=anna, channel="email").reason == "kept"


# Over the API ------------------------------------------------------------------------------------------
def test_an_app_asks_after_the_password_again_and_takes_it_back(anna: User, now: datetime) -> None:
    phone = phone_of(anna)
    phone.client.cookies.clear()
    with clock.frozen_at(now + timedelta(hours=1)):
        refused = phone.call("POST", DELETION)
        assert (refused.status_code, refused.json()["code"]) == (403, "reauthenticate")
        phone.post("/auth/reauthenticate", password=PASSWORD)
        asked = phone.call("POST", DELETION)
        assert (asked.status_code, asked.json()) == (202, {"erase_at": "2026-03-17T10:00:00Z"})
        assert phone.call("POST", DELETION).json() == asked.json()
        assert phone.call("GET", DELETION).json() == asked.json()
        assert phone.call("DELETE", DELETION).status_code == 204
        assert phone.call("GET", DELETION).json() == {"erase_at": None}
        assert phone.me().status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ME), ("GET", "/api/v1/today/"), ("GET", "/api/v1/mechanisms/"), ("POST", "/api/v1/logs/")],
)
def test_meanwhile_an_app_does_nothing_else(anna: User, now: datetime, method: str, path: str) -> None:
    phone = asked_by_phone(anna)
    answer = phone.call(method, path, {} if method == "POST" else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "leaving")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/account/password/change"),
        ("GET", "/account/email"),
        ("PATCH", "/account/email"),
        ("GET", "/account/authenticators"),
        ("POST", "/account/authenticators/totp"),
        ("POST", "/account/authenticators/recovery-codes"),
        ("DELETE", "/auth/sessions"),
    ],
)
def test_meanwhile_an_app_changes_nothing_of_the_account(anna: User, now: datetime, method: str, path: str) -> None:
    phone = asked_by_phone(anna)
    answer = phone.call(method, BASE + path, {} if method in {"POST", "PATCH"} else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "leaving")
    assert phone.call("DELETE", DELETION).status_code == 204
    assert phone.call("GET", f"{BASE}/account/email").status_code == 200


def test_an_app_that_signs_in_then_is_told(anna: User, now: datetime) -> None:
    asked_by_phone(anna)
    phone = Phone()
    answer = phone.post("/auth/login", email=anna.email, password=PASSWORD)
    assert answer.json()["data"]["user"]["erase_at"] == "2026-03-17T09:00:00Z"
    assert phone.call("DELETE", DELETION).status_code == 204
    assert phone.me().json()["email"] == anna.email


def test_no_token_asks_for_it(anna: User, now: datetime) -> None:
    _made, secret = create_token(person=anna, name="Watch", kind="app", scope="write", now=now)
    answer = Client().post(DELETION, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_by_token")


# When the day comes ------------------------------------------------------------------------------------
def test_the_beat_deletes_it_and_its_session_opens_nothing(anna: User, now: datetime) -> None:
    browser = browser_of(anna)
    ask(browser)
    assert {entry["task"] for entry in celery.conf.beat_schedule.values()} >= {"accounts.erase"}
    with clock.frozen_at(now + TO_THINK):
        celery.tasks["accounts.erase"]()
        assert not User.objects.filter(pk=anna.pk).exists()
        assert browser.get(LEAVING)["Location"].startswith("/account/login/")
        celery.tasks["accounts.erase"]()


def test_it_asks_the_database_nothing_of_the_others(anna: User, now: datetime, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        erase()
