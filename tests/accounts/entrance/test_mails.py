"""What the doors write to people: short, in their language, with a neutral subject."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.services.people import add_person
from accounts.sessions import SessionStore
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.kit.cast import PASSWORD
from tests.kit.mail_sink import Reply, running_mail_sink

pytestmark = pytest.mark.django_db
CODES = ["email_confirmation_signup", "email_confirmation", "password_reset_code"]
CHANGES = ["password_changed", "password_reset", "password_set", "email_changed", "email_confirm", "email_deleted"]
SECOND_FACTOR = [f"mfa/email/{kind}" for kind in ("totp_activated", "totp_deactivated", "recovery_codes_generated")]
KINDS = [*CODES, *CHANGES, "account_already_exists", "unknown_account", *SECOND_FACTOR]
EVERYTHING = {
    "code": "BCDF-GHJK",
    "from_email": "old@people.example",
    "to_email": "new@people.example",
    "deleted_email": "old@people.example",
    "password_reset_url": "http://testserver/account/password/reset/",
    "signup_url": "http://testserver/account/signup/",
    "ip": "192.0.2.1",
    "user_agent": "<b>browser</b>",
    "timestamp": "today",
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_mail_has_text_and_html_of_ours(kind: str, language: str) -> None:
    person = add_person(email="anna@people.example", password=PASSWORD, language=language)
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), person

    with context.request_context(request):
        get_adapter(request).send_mail(kind if "/" in kind else f"account/email/{kind}", person.email, dict(EVERYTHING))

    [sent] = mail.outbox
    [html] = [part.content for part in sent.alternatives]
    assert len(sent.subject) < 40
    assert "anna" not in sent.subject
    assert "!" not in sent.subject + sent.body
    assert f'<html lang="{language}">' in html
    assert "<b>browser" not in html
    assert "Thank you for using" not in sent.body
    assert not re.search(r"<script|<img|https?://(?!testserver|127\.0\.0\.1)", html)
    assert ("BCDF-GHJK" in sent.body and "BCDF-GHJK" in html) == (kind in CODES)


@pytest.mark.parametrize("reply", [Reply.TEMPORARY, Reply.PERMANENT, Reply.DROP])
def test_mail_server_that_says_no_stops_nobody(client: Client, settings, reply: Reply) -> None:
    with running_mail_sink() as sink:
        backend = "core.smtp.EmailBackend"
        settings.MAILERS = {
            "default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": sink.port, "timeout": 5}}
        }
        sink.will(reply)

        asked = client.post(reverse("account_signup"), {"email": "new@people.example", "password1": NEW_PASSWORD})
        page = client.get(asked.url).content.decode()
        cache.clear()  # one mail in ten seconds
        client.post(reverse("account_email_verification_sent"), {"action": "resend"})
        done = client.post(reverse("account_email_verification_sent"), {"code": code_in(sink.mails[-1].text)})

    assert "could not be sent" in page
    assert done.url == reverse("accounts:welcome", args=["language"])


def test_mail_server_that_is_away_stops_nobody(client: Client, settings) -> None:
    backend = "core.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 2}}}

    asked = client.post(reverse("account_signup"), {"email": "new@people.example", "password1": NEW_PASSWORD})

    assert client.get(asked.url).status_code == 200
