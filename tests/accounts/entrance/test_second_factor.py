"""A second factor on the web and for apps: turned on, asked for, recovered from, turned off."""

import json
import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import add_person
from tests.accounts.entrance.phone import BASE, NEW_PASSWORD, Phone
from tests.accounts.test_pages import is_ours
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SETTINGS = "/me/settings/"


@pytest.fixture
def anna() -> User:
    return add_person(email="anna@people.example", password=PASSWORD, display_name="Anna", welcomed_at=LONG_AGO)


@pytest.fixture
def protected(anna: User) -> User:
    TOTP.activate(anna, SECRET)
    return anna


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong_code() -> str:
    return str((int(code_now()) + 1) % 10**6).zfill(6)


def browser(person: User) -> Client:
    """Return one in which the password was given."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(SETTINGS).status_code == 200


def after_reauthentication(client: Client, name: str):
    """Open a page that asks for the password first."""
    asked = client.get(reverse(name))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(asked["Location"], {"password": PASSWORD}, follow=True)


def turned_on(client: Client) -> str:
    """Turn it on as a person does; return the page of recovery codes."""
    page = after_reauthentication(client, "mfa_activate_totp").content.decode()
    secret = re.search(r'id="secret" value="(\w+)"', page)
    assert secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret[1])}, follow=True)
    cache.clear()  # a code works once
    return done.content.decode()


def test_on_the_web_it_is_turned_on_asked_for_and_recovered_from(anna: User) -> None:
    client = browser(anna)
    recovery = re.findall(r"<code>(\d{8})</code>", turned_on(client))
    assert len(recovery) == 10

    halfway = browser(anna)
    assert not is_in(halfway)
    refused = halfway.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Each code works once" in refused
    halfway.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert is_in(halfway)

    again = browser(anna)
    again.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert not is_in(again)


def test_what_is_kept_tells_no_secret(anna: User) -> None:
    page = turned_on(browser(anna))
    kept = json.dumps([row.data for row in Authenticator.objects.all()])
    assert Authenticator.objects.count() == 2
    codes = re.findall(r"<code>(\d{8})</code>", page)
    assert not any(code in kept for code in codes)
    totp = Authenticator.objects.get(type="totp")
    assert not re.search(r'"[A-Z2-7]{32}"', kept)
    assert totp.wrap().validate_code("000000") is False  # it is read again


def test_a_new_key_of_the_site_beside_the_old_one_reads_it(protected: User, settings) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-tests"
    halfway = browser(protected)
    halfway.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(halfway)


def test_with_the_sites_key_gone_no_code_is_right(protected: User, settings) -> None:
    settings.SECRET_KEY = "another-key-of-tests"
    halfway = browser(protected)
    assert halfway.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 200
    assert not is_in(halfway)


def test_a_code_works_once(protected: User) -> None:
    code = code_now()
    signed = []
    for client in (browser(protected), browser(protected)):
        client.post(reverse("mfa_authenticate"), {"code": code})
        signed.append(is_in(client))
    assert signed == [True, False]


def test_guessing_a_code_stops(protected: User) -> None:
    halfway = browser(protected)
    for _ in range(5):
        halfway.post(reverse("mfa_authenticate"), {"code": wrong_code()})
    page = halfway.post(reverse("mfa_authenticate"), {"code": code_now()}).content.decode()
    assert "Too many tries" in page
    assert not is_in(halfway)


def test_an_app_signs_in_with_it(protected: User) -> None:
    phone = Phone()
    pending = phone.post("/auth/login", email=protected.email, password=PASSWORD)
    assert pending.status_code == 401
    assert {"id": "mfa_authenticate", "types": ["totp"], "is_pending": True} in pending.json()["data"]["flows"]
    assert phone.me().status_code == 401
    assert phone.post("/auth/2fa/authenticate", code=wrong_code()).status_code == 400

    assert phone.post("/auth/2fa/authenticate", code=code_now()).status_code == 200
    assert phone.me().json()["uuid"] == str(protected.uuid)


def test_an_app_manages_it_after_the_password_again(anna: User) -> None:
    phone, totp = Phone(), f"{BASE}/account/authenticators/totp"
    phone.post("/auth/login", email=anna.email, password=PASSWORD)
    secret = phone.call("GET", totp).json()["meta"]["secret"]
    assert phone.call("POST", totp, {"code": code_now(secret)}).status_code == 401
    phone.post("/auth/reauthenticate", password=PASSWORD)
    assert phone.call("POST", totp, {"code": code_now(secret)}).status_code == 200

    kinds = {row["type"] for row in phone.call("GET", f"{BASE}/account/authenticators").json()["data"]}
    codes = phone.call("GET", f"{BASE}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    assert kinds == {"totp", "recovery_codes"}
    assert len(codes) == 10
    phone.call("DELETE", totp)
    assert not Authenticator.objects.exists()


def test_turning_it_off_takes_the_password_and_a_post(protected: User) -> None:
    client = browser(protected)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    cache.clear()
    is_ours(after_reauthentication(client, "mfa_deactivate_totp"))
    assert Authenticator.objects.exists()
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert [sent.subject for sent in mail.outbox] == ["A change to your account"]


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_page_of_it_is_ours(protected: User, prefix: str) -> None:
    User.objects.update(language=prefix.strip("/") or "en")
    client = browser(protected)
    is_ours(client.get(prefix + reverse("mfa_authenticate")))
    client.post(prefix + reverse("mfa_authenticate"), {"code": code_now()})
    is_ours(client.get(prefix + reverse("mfa_index")))
    is_ours(client.get(prefix + reverse("mfa_reauthenticate")))
    client.post(prefix + reverse("account_reauthenticate"), {"password": PASSWORD})
    is_ours(client.get(prefix + reverse("mfa_generate_recovery_codes")))
    client.post(prefix + reverse("mfa_generate_recovery_codes"))
    is_ours(client.get(prefix + reverse("mfa_view_recovery_codes")))
    saved = client.get(prefix + reverse("mfa_download_recovery_codes"))
    assert len(saved.content.split()) == 10
    client.post(prefix + reverse("mfa_deactivate_totp"))
    is_ours(client.get(prefix + reverse("mfa_index")))
    is_ours(client.get(prefix + reverse("mfa_activate_totp")))


def new_password(person: User) -> None:
    person.set_password(NEW_PASSWORD)
    person.save()


ENDINGS: list[Callable[[User], object]] = [
    new_password,
    lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
    lambda person: person.delete(),
]


@pytest.mark.parametrize("ends", ENDINGS, ids=["new password", "deactivated", "erased"])
def test_half_a_sign_in_ends_with_what_it_began_with(protected: User, ends: Callable[[User], object]) -> None:
    halfway = browser(protected)
    ends(protected)
    halfway.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert not is_in(halfway)


@pytest.mark.parametrize("ends", ENDINGS[:2], ids=["new password", "deactivated"])
def test_so_does_an_apps(protected: User, ends: Callable[[User], object]) -> None:
    phone = Phone()
    phone.post("/auth/login", email=protected.email, password=PASSWORD)
    ends(protected)
    assert phone.post("/auth/2fa/authenticate", code=code_now()).status_code == 401
    assert phone.me().status_code == 401


def test_control_otherwise_it_is_finished(protected: User) -> None:
    halfway = browser(protected)
    halfway.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(halfway)
