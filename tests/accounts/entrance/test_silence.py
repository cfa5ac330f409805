"""Nobody learns from an answer whether an address has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import add_person
from tests.accounts.entrance.phone import NEW_PASSWORD, Phone
from tests.kit.cast import PASSWORD

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "anna@people.example", "nobody@people.example"


@pytest.fixture(autouse=True)
def anna() -> User:
    return add_person(email=KNOWN, password=PASSWORD, language="zh-hans")


def _answer(client: Client, url: str, data: dict[str, str]) -> tuple[int, str, str, str]:
    """Return status, target, the page's text without the address and the tokens, and the page that follows."""
    first = client.post(url, data)
    then = client.get(first.url) if first.status_code == 302 else first
    return first.status_code, first.get("Location", ""), _bare(first.content.decode()), _bare(then.content.decode())


def _bare(page: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)
    return page.replace(KNOWN, "…").replace(UNKNOWN, "…")


@pytest.mark.parametrize(
    ("url_name", "field", "more"),
    [
        ("account_signup", "email", {"password1": NEW_PASSWORD}),
        ("account_signup", "email", {"password1": "12345"}),
        ("account_login", "login", {"password": "not-the-password"}),
        ("account_reset_password", "email", {}),
    ],
)
def test_web_answers_alike(url_name: str, field: str, more: dict[str, str]) -> None:
    known = _answer(Client(), reverse(url_name), {field: KNOWN, **more})
    unknown = _answer(Client(), reverse(url_name), {field: UNKNOWN, **more})

    assert known == unknown


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/auth/signup", {"password": NEW_PASSWORD}),
        ("/auth/login", {"password": "not-the-password"}),
        ("/auth/password/request", {}),
    ],
)
def test_app_answers_alike(path: str, body: dict[str, str]) -> None:
    answers = []
    for email in (KNOWN, UNKNOWN):
        answer = Phone().post(path, email=email, **body)
        text = re.sub(r'"session_token": "[^"]+"', "", _bare(answer.content.decode()))
        answers.append((answer.status_code, text))

    assert answers[0] == answers[1]


def test_owner_of_the_address_is_told_by_mail_in_their_language() -> None:
    Client().post(reverse("account_signup"), {"email": KNOWN.upper(), "password1": NEW_PASSWORD})

    [told] = mail.outbox
    assert told.to == [KNOWN]
    assert "code" not in told.body.lower()
    assert User.objects.count() == 1


def test_guessed_code_opens_nothing_for_a_taken_address() -> None:
    client = Client()
    client.post(reverse("account_signup"), {"email": KNOWN, "password1": NEW_PASSWORD})

    for guess in ("", "BBBB-BBBB", "0"):
        client.post(reverse("account_email_verification_sent"), {"code": guess})

    assert client.get(reverse("accounts:settings")).status_code == 302


def test_somebody_else_s_address_cannot_be_taken_over_by_a_change() -> None:
    ben = add_person(email="ben@people.example", password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": ben.email, "password": PASSWORD})

    taken = client.post(reverse("account_email"), {"email": KNOWN, "action_add": ""})
    cache.clear()
    free = client.post(reverse("account_email"), {"email": UNKNOWN, "action_add": ""})

    assert (taken.status_code, taken.get("Location")) == (free.status_code, free.get("Location"))
    ben.refresh_from_db()
    assert ben.email == "ben@people.example"
