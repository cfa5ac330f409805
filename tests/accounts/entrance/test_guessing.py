"""Guessing stops, and whom it aims at is not locked out."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import add_person
from tests.accounts.entrance.phone import NEW_PASSWORD, Phone, code_in
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "anna@people.example"


@pytest.fixture(autouse=True)
def anna() -> User:
    return add_person(email=EMAIL, password=PASSWORD, welcomed_at=LONG_AGO)


def tries(ip: str, count: int, password: str = "wrong", email: str = EMAIL) -> list[int]:
    data = {"login": email, "password": password}
    return [Client().post(reverse("account_login"), data, REMOTE_ADDR=ip).status_code for _ in range(count)]


def test_guesses_at_one_account_stop_even_for_the_right_password() -> None:
    tries("192.0.2.1", 5)

    assert tries("192.0.2.1", 1, PASSWORD) == [200]


def test_owner_signs_in_from_elsewhere_meanwhile() -> None:
    tries("192.0.2.1", 8)

    assert tries("198.51.100.7", 1, PASSWORD) == [302]


def test_guesses_over_many_accounts_stop() -> None:
    for number in range(10):
        tries("192.0.2.1", 1, email=f"somebody{number}@people.example")

    assert tries("192.0.2.1", 1, PASSWORD) == [200]


def test_guesses_from_many_addresses_stop_and_a_new_password_opens_again(settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_account": "6/h/key"}
    for number in range(6):
        tries(f"192.0.2.{number}", 1)
    assert tries("198.51.100.7", 1, PASSWORD) == [200]

    client = Client()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1].body)})
    client.post(reverse("account_complete_password_reset"), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert tries("198.51.100.7", 1, NEW_PASSWORD) == [302]


def test_the_door_for_apps_counts_too() -> None:
    answers = [Phone().post("/auth/login", email=EMAIL, password="wrong").json() for _ in range(6)]

    assert "too_many_login_attempts" in str(answers[-1])
    assert Phone().post("/auth/login", email=EMAIL, password=PASSWORD).status_code == 400


def test_the_admin_has_no_door_of_its_own() -> None:
    answer = Client().get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert Client().post("/admin/login/", {"username": EMAIL, "password": PASSWORD}).status_code == 302
    assert not Client().login(email="nobody", password="x")


def test_forwarded_address_counts_only_behind_a_trusted_proxy(settings) -> None:
    def guess(number: int) -> int:
        data = {"login": EMAIL, "password": "wrong" if number < 5 else PASSWORD}
        headers = {"X-Forwarded-For": f"203.0.113.{number}"}
        return Client().post(reverse("account_login"), data, headers=headers).status_code

    spoofed = [guess(number) for number in range(6)]
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind_proxy = [guess(number) for number in range(6)]

    assert spoofed[-1] == 200  # the header is a stranger's word: still one address, still stopped
    assert behind_proxy[-1] == 302


def test_requests_for_a_new_password_are_bounded() -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": EMAIL}, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(7)
    ]

    assert answers[-1] == 429
    assert len(mail.outbox) == 5
