"""Signing up, in and out on the web."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import add_person
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return add_person(email="anna@people.example", password=PASSWORD, display_name="Anna", welcomed_at=LONG_AGO)


def sign_up(client: Client, email: str = "new@people.example", password: str = NEW_PASSWORD):
    return client.post(reverse("account_signup"), {"email": email, "password1": password})


def sign_in(client: Client, email: str = "anna@people.example", password: str = PASSWORD, **extra: str):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def confirm(client: Client, code: str):
    return client.post(reverse("account_email_verification_sent"), {"code": code})


def test_newcomer_signs_up_and_comes_to_the_welcome(client: Client) -> None:
    asked = sign_up(client, "New@People.Example")
    done = confirm(client, code_in(mail.outbox[0].body))

    assert asked.url == reverse("account_email_verification_sent")
    assert done.url == reverse("accounts:welcome", args=["language"])
    assert User.objects.get().email == "new@people.example"
    assert EmailAddress.objects.get().verified


def test_newcomer_is_welcomed_and_then_goes_on_to_where_they_were(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "n@people.example", "password1": NEW_PASSWORD, "next": "/groups/"})

    done = confirm(client, code_in(mail.outbox[0].body))

    assert done.url == "/me/welcome/language/?next=%2Fgroups%2F"


def test_what_was_typed_is_kept_when_the_password_is_refused(client: Client) -> None:
    page = sign_up(client, "new@people.example", "12345").content.decode()

    assert "new@people.example" in page
    assert "12345" not in page
    assert not User.objects.exists()


def test_wrong_code_keeps_the_page_and_can_be_sent_again(client: Client) -> None:
    sign_up(client)

    page = confirm(client, "BBBB-BBBB")
    cache.clear()  # one mail in ten seconds
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    done = confirm(client, code_in(mail.outbox[1].body))

    assert page.status_code == 200
    assert done.url == reverse("accounts:welcome", args=["language"])


def test_sign_up_speaks_the_language_of_the_page(client: Client) -> None:
    client.post("/zh-hans/account/signup/", {"email": "xiao@people.example", "password1": NEW_PASSWORD})

    assert User.objects.get().language == "zh-hans"


def test_sign_in_and_out(client: Client, anna: User) -> None:
    came = sign_in(client, "Anna@People.example")
    assert came.url == reverse("home")
    assert client.get(reverse("accounts:settings")).status_code == 200

    client.get(reverse("account_logout"))
    assert client.get(reverse("accounts:settings")).status_code == 200  # GET changes nothing

    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:settings")).status_code == 302


def test_copied_cookie_is_dead_after_sign_out(client: Client, anna: User) -> None:
    sign_in(client)
    copy = Client()
    copy.cookies.update(client.cookies)

    client.post(reverse("account_logout"))

    assert copy.get(reverse("accounts:settings")).status_code == 302


def test_sign_in_does_not_lead_to_another_site(client: Client, anna: User) -> None:
    data = {"login": anna.email, "password": PASSWORD, "next": "https://evil.example/"}

    assert client.post(reverse("account_login"), data).url == reverse("home")


def test_new_password_by_code_ends_every_session(client: Client, anna: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)

    client.post(reverse("account_reset_password"), {"email": anna.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1].body)})
    client.post(reverse("account_complete_password_reset"), {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert elsewhere.get(reverse("accounts:settings")).status_code == 302
    assert sign_in(Client()).status_code == 200
    assert sign_in(Client(), password=NEW_PASSWORD).status_code == 302


def test_changed_password_keeps_this_session_and_ends_others(client: Client, anna: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)

    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post(reverse("account_change_password"), data)

    assert client.get(reverse("accounts:settings")).status_code == 200
    assert elsewhere.get(reverse("accounts:settings")).status_code == 302


def test_address_changes_only_once_it_is_confirmed(client: Client, anna: User) -> None:
    sign_in(client)

    client.post(reverse("account_email"), {"email": "Anna.New@People.Example", "action_add": ""})
    anna.refresh_from_db()
    before = anna.email
    confirm(client, code_in(mail.outbox[-1].body))
    anna.refresh_from_db()

    assert (before, anna.email) == ("anna@people.example", "anna.new@people.example")
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(anna.email, True, True)]


def test_deactivated_person_is_out_at_once(client: Client, anna: User) -> None:
    sign_in(client)

    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get(reverse("accounts:settings")).status_code == 302
    assert sign_in(Client()).url == reverse("account_inactive")
