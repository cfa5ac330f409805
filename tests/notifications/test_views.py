"""Receipts, switches, and stopping a kind from the mail itself."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from notifications.models import Delivery, Preference
from notifications.services.delivery import deliver_due
from notifications.services.preferences import revoke_links, set_wanted
from notifications.tokens import hash_of, token_for
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


@pytest.fixture
def link(put: Put, sink: MailSink, now: datetime) -> str:
    put()
    deliver_due(now=now)
    return re.sub(r"^http://[^/]+", "", sink.mails[0].message["List-Unsubscribe"].strip("<>"))


@pytest.fixture
def strict() -> Client:
    """A browser whose CSRF checks are on, signed in as nobody."""
    return Client(enforce_csrf_checks=True)


def test_one_click_stops_the_kind_without_signing_in(link: str, strict: Client, person: User) -> None:
    response = strict.post(link, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert list(Preference.objects.values_list("person", "kind", "is_wanted")) == [(person.pk, "nudge", False)]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(method: str, link: str, strict: Client) -> None:
    response = getattr(strict, method)(link)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert not Preference.objects.exists()


def test_undo_brings_it_back(link: str, strict: Client) -> None:
    strict.post(link)
    page = strict.post(link, {"resume": "yes"})

    assert page.status_code == 200
    assert Preference.objects.get().is_wanted


def test_stopped_means_not_sent(link: str, strict: Client, put: Put, sink: MailSink, now: datetime) -> None:
    strict.post(link)
    put("two")

    assert deliver_due(now=now) == {"suppressed": 1}
    assert len(sink.mails) == 1


def test_the_token_is_stored_only_as_a_hash(link: str) -> None:
    delivery = Delivery.objects.get(channel="email")
    token = token_for(delivery.uuid)

    assert link == f"/messages/stop/{token}/"
    assert len(token) == 43
    assert delivery.unsubscribe_hash == hash_of(token)
    assert token not in str(list(Delivery.objects.values()))


def test_a_wrong_old_or_revoked_link_is_not_there(link: str, strict: Client, person: User, now: datetime) -> None:
    assert strict.post("/messages/stop/guess/").status_code == 404
    with clock.frozen_at(now + timedelta(days=181)):
        assert strict.post(link).status_code == 404
    revoke_links(person=person)
    assert strict.post(link).status_code == 404
    assert not Preference.objects.exists()


def test_the_page_speaks_the_recipients_language(link: str, strict: Client) -> None:
    User.objects.update(language="zh-hans")

    page = strict.get(link)

    assert '<html lang="zh-hans"' in page.content.decode()


def test_receipts_say_why_it_came_and_why_not(
    person: User, put: Put, sink: MailSink, now: datetime, as_person: Callable
) -> None:
    put("a")
    deliver_due(now=now)
    set_wanted(person=person, kind="nudge", is_wanted=False, now=now)
    put("b")
    deliver_due(now=now)

    browser = as_person(person)

    assert "You asked for it." in browser.get("/messages/receipts/").content.decode()
    assert "You turned this kind of message off." not in browser.get("/messages/receipts/").content.decode()
    assert "You turned this kind of message off." in browser.get("/messages/held/").content.decode()


def test_nobody_elses_receipts(put: Put, sink: MailSink, now: datetime, as_person: Callable) -> None:
    put("a")
    other = make_reachable("other")

    deliver_due(now=now)

    for path in ("/messages/receipts/", "/messages/held/"):
        assert as_person(other).get(path).context["receipts"] == []


def test_switches_turn_kinds_off_and_on(person: User, put: Put, as_person: Callable) -> None:
    client = as_person(person)

    client.post("/messages/choose/", {"wanted": ["event_soon:email"]})
    assert "nudge" in Preference.objects.refused().filter(channel="email").values_list("kind", flat=True)
    assert "event_soon" not in Preference.objects.refused().filter(channel="email").values_list("kind", flat=True)

    client.post("/messages/choose/", {"wanted": ["nudge:email"]})
    assert "nudge" not in Preference.objects.refused().filter(channel="email").values_list("kind", flat=True)
    assert "event_soon" in Preference.objects.refused().filter(channel="email").values_list("kind", flat=True)


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/messages/").status_code == 302


@pytest.mark.parametrize("path", ["receipts", "held"])
def test_a_page_of_receipts_asks_as_much_for_one_as_for_many(
    path: str, person: User, put: Put, sink: MailSink, now: datetime, as_person: Callable,
) -> None:  # fmt: skip
    browser = as_person(person)
    counts = []
    for number in range(3):
        put(str(number))
        if path == "held":
            Delivery.objects.update(state=Delivery.State.SUPPRESSED, reason="quiet_hours")
        deliver_due(now=now)
        with CaptureQueriesContext(connection) as asked:
            assert len(browser.get(f"/messages/{path}/").context["receipts"]) == number + 1
        counts.append(len(asked))

    assert len(set(counts)) == 1
