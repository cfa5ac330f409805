"""Every page of the doors stands in our own frame, in both languages, under the strict policy."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.entrance_urls import urlpatterns
from accounts.services.people import add_person
from tests.accounts.entrance.phone import NEW_PASSWORD
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
FOR_VISITORS = ["account_signup", "account_login", "account_reset_password", "account_password_reset_completed",
                "account_inactive"]  # fmt: skip
FOR_PEOPLE = ["account_logout", "account_change_password", "account_email", "usersessions_list",
              "account_reauthenticate", "mfa_index"]  # fmt: skip
IN_A_FLOW = {"account_email_verification_sent", "account_confirm_password_reset_code",
             "account_complete_password_reset", "account_set_password",
             # tests/accounts/entrance/test_second_factor.py
             "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
             "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"}  # fmt: skip


def is_ours(answer) -> None:
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "css/mindmove.css" in page
    assert "<h1>" in page
    assert "<style" not in page
    assert " style=" not in page
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("name", FOR_VISITORS)
def test_pages_for_visitors(client: Client, name: str, prefix: str) -> None:
    is_ours(client.get(prefix + reverse(name)))


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_pages_for_people(name: str) -> None:
    add_person(email="anna@people.example", password=PASSWORD, welcomed_at=LONG_AGO)
    client = Client()
    client.post(reverse("account_login"), {"login": "anna@people.example", "password": PASSWORD})

    is_ours(client.get(reverse(name)))


@pytest.mark.parametrize("step", ["language", "place", "name"])
def test_pages_of_the_welcome(as_person, step: str) -> None:
    person = add_person(email="anna@people.example", password=PASSWORD)

    is_ours(as_person(person).get(reverse("accounts:welcome", args=[step])))


def test_pages_within_a_flow(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "new@people.example", "password1": NEW_PASSWORD})
    is_ours(client.get(reverse("account_email_verification_sent")))

    other = Client()
    other.post(reverse("account_reset_password"), {"email": "new@people.example"})
    is_ours(other.get(reverse("account_confirm_password_reset_code")))


def test_person_without_a_password_may_set_one(as_person) -> None:
    person = add_person(email="anna@people.example", password=PASSWORD, welcomed_at=LONG_AGO)
    person.set_unusable_password()
    person.save()

    is_ours(as_person(person).get(reverse("account_set_password")))


def test_no_door_is_left_out_here() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*FOR_VISITORS, *FOR_PEOPLE, *IN_A_FLOW}
