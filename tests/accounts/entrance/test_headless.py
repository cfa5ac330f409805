"""A phone signs up, signs in and out, and its token is dead at once when it must be."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.services.people import add_person
from tests.accounts.entrance.phone import BASE, NEW_PASSWORD, Phone, code_in
from tests.kit.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return add_person(email="anna@people.example", password=PASSWORD, display_name="Anna")


def signed_in(email: str = "anna@people.example", password: str = PASSWORD) -> Phone:
    phone = Phone()
    assert phone.post("/auth/login", email=email, password=password).status_code == 200
    return phone


def test_phone_signs_up_verifies_and_is_known() -> None:
    phone = Phone(**{"Accept-Language": "zh-CN"})

    pending = phone.post("/auth/signup", email="New.One@People.Example", password=NEW_PASSWORD)
    known_before = phone.me().status_code
    verified = phone.post("/auth/email/verify", key=code_in(mail.outbox[0].body))

    assert (pending.status_code, known_before, verified.status_code) == (401, 401, 200)
    me = phone.me().json()
    assert (me["email"], me["language"], me["is_welcomed"]) == ("new.one@people.example", "zh-hans", False)
    assert EmailAddress.objects.get().email == "new.one@people.example"
    assert verified.json()["data"]["user"]["id"] == me["uuid"]


def test_wrong_code_is_refused_and_three_end_the_try() -> None:
    phone = Phone()
    phone.post("/auth/signup", email="new@people.example", password=NEW_PASSWORD)

    tries = [phone.post("/auth/email/verify", key="BBBB-BBBB").status_code for _ in range(3)]
    late = phone.post("/auth/email/verify", key=code_in(mail.outbox[0].body))

    assert tries == [400, 400, 400]
    assert late.status_code == 409
    assert phone.me().status_code == 401


def test_address_is_the_same_however_it_is_typed(anna: User) -> None:
    assert signed_in("ANNA@People.example").me().json()["uuid"] == str(anna.uuid)


def test_sign_out_kills_the_token_at_once(anna: User) -> None:
    phone = signed_in()
    token = phone.token
    assert phone.me().status_code == 200

    phone.call("DELETE", f"{BASE}/auth/session")
    phone.token = token

    assert phone.me().status_code == 401


def test_new_password_kills_other_tokens(anna: User) -> None:
    mine, other = signed_in(), signed_in()

    changed = mine.post("/account/password/change", current_password=PASSWORD, new_password=NEW_PASSWORD)

    assert changed.status_code == 200
    assert mine.me().status_code == 200
    assert other.me().status_code == 401


def test_deactivation_kills_the_token(anna: User) -> None:
    phone = signed_in()

    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert phone.me().status_code == 401


def test_sessions_are_listed_and_others_ended(anna: User) -> None:
    mine, other = signed_in(), signed_in()
    rows = mine.call("GET", f"{BASE}/auth/sessions").json()["data"]
    others = [row["id"] for row in rows if not row["is_current"]]

    mine.call("DELETE", f"{BASE}/auth/sessions", {"sessions": others})

    assert len(rows) == 2
    assert (mine.me().status_code, other.me().status_code) == (200, 401)


def test_forgotten_password_is_reset_by_code(anna: User) -> None:
    old, phone = signed_in(), Phone()

    phone.post("/auth/password/request", email="anna@people.example")
    reset = phone.post("/auth/password/reset", key=code_in(mail.outbox[-1].body), password=NEW_PASSWORD)

    assert reset.status_code == 401  # not signed in by it
    assert old.me().status_code == 401
    assert signed_in(password=NEW_PASSWORD).me().status_code == 200


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "' OR 1=1 --", "a" * 5000])
def test_token_that_is_none_is_401_as_problem(token: str, client: Client) -> None:
    answer = client.get("/api/v1/me/", headers={"X-Session-Token": token})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_only_the_offered_doors_exist(client: Client) -> None:
    assert reverse("headless:app:account:login") == f"{BASE}/auth/login"
    for name in (
        "account:manage_phone",
        "mfa:manage_webauthn",
        "mfa:trust",
        "tokens:refresh",
        "account:verify_phone",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(f"headless:app:{name}")
    assert client.get("/_allauth/browser/v1/config").status_code == 404
