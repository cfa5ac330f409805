"""The page of access tokens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessToken, User
from accounts.services.people import add_person
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
SAID = {"name": "Watch", "kind": "app", "scope": "read", "days": "30"}
SECRET = re.compile(r'value="(mm_[\w-]{43})"')


@pytest.fixture
def anna() -> User:
    return add_person(email="anna@people.example", password=PASSWORD, display_name="Anna", welcomed_at=LONG_AGO)


@pytest.fixture
def browser(anna: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})
    return client


def make(browser: Client) -> str:
    """Make a token: the password is asked for on the way, and what was said is not asked again."""
    asked = browser.post(reverse("accounts:tokens"), SAID)
    page = browser.post(asked["Location"], {"password": PASSWORD}) if asked.status_code == 302 else asked
    return SECRET.findall(page.content.decode())[0]


def test_making_one_asks_for_the_password_and_shows_it_once(browser: Client) -> None:
    refused = browser.post(reverse("accounts:tokens"), SAID)
    assert refused["Location"].startswith(reverse("account_reauthenticate"))
    assert not AccessToken.objects.exists()

    secret = make(browser)

    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["email"] == "anna@people.example"
    page = browser.get(reverse("accounts:tokens")).content.decode()
    assert "Watch" in page
    assert secret not in page


def test_a_wrong_password_makes_none(browser: Client) -> None:
    asked = browser.post(reverse("accounts:tokens"), SAID)
    browser.post(asked["Location"], {"password": "wrong"})
    assert not AccessToken.objects.exists()


def test_taking_back_one_and_all(browser: Client) -> None:
    secrets = [make(browser) for _ in range(3)]

    def opens(secret: str) -> bool:
        headers = {"Authorization": f"Bearer {secret}"}
        return Client().get("/api/v1/me/", headers=headers).status_code == 200

    browser.post(reverse("accounts:revoke_token", args=[AccessToken.objects.earliest("pk").uuid]))
    assert [opens(secret) for secret in secrets] == [False, True, True]
    browser.post(reverse("accounts:revoke_tokens"))
    assert [opens(secret) for secret in secrets] == [False] * 3
    assert "None at the moment" in browser.get(reverse("accounts:tokens")).content.decode()


@pytest.mark.parametrize("said", [{"scope": "everything"}, {"days": "0"}, {"days": "367"}, {"name": " "}])
def test_what_is_out_of_bounds_is_said_beside_the_field(browser: Client, said: dict[str, str]) -> None:
    make(browser)
    page = browser.post(reverse("accounts:tokens"), SAID | said)
    assert AccessToken.objects.count() == 1
    assert "aria-invalid" in page.content.decode()
