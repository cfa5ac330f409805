"""Promise R10: every bulk mail carries a one-click unsubscribe (RFC 8058); posting acts, reading never does."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from notifications import kinds
from notifications.kinds import Content, Kind
from notifications.models import Delivery, Pace, Preference
from notifications.services.delivery import deliver_due
from notifications.services.outbox import notify
from tests.kit.mail_sink import MailSink

pytestmark = pytest.mark.django_db

BULK = [kind.name for kind in kinds.all_kinds() if kind.is_bulk]
ANYTHING = {"sentences": [{"when_text": "a", "then_text": "b"}], "days": 3, "count": 3, "seats": 3, "minutes": 3}


def send(person: User, kind: Kind, sink: MailSink, now: datetime) -> str:
    """Send a mail of the kind with some content or other; return the address that its header names."""
    kinds.register(replace(kind, prepare=lambda *_: Content(ANYTHING, "/")))
    notify(person=person, kind=kind.name, about_id="1", dedupe_key=kind.name, now=now)
    assert deliver_due(now=now) == {"sent": 1}
    mail = sink.mails[-1].message
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return re.sub(r"^https?://[^/]+", "", mail["List-Unsubscribe"].strip("<>"))


def rows() -> list[object]:
    return [*Preference.objects.values(), *Pace.objects.values(), *Delivery.objects.values()]


@pytest.mark.parametrize("name", BULK)
def test_posting_stops_the_kind_and_reading_does_not(
    name: str, person: User, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    link = send(person, kinds.get(name), sink, now)
    mail_program = Client(enforce_csrf_checks=True)
    before = rows()

    for method in (mail_program.get, mail_program.head):
        assert method(link).status_code == 200
    assert rows() == before

    assert mail_program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Preference.objects.values_list("kind", "channel", "is_wanted")) == [(name, "email", False)]
    notify(person=person, kind=name, about_id="1", dedupe_key="again", now=now)
    assert deliver_due(now=now + timedelta(minutes=1)) == {"suppressed": 1}


@pytest.mark.parametrize("name", [name for name in BULK if kinds.get(name).is_nudge])
def test_asking_whether_fewer_changes_nothing_by_being_read(
    name: str, person: User, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    link = send(person, kinds.get(name), sink, now).replace("/stop/", "/fewer/")
    browser = Client(enforce_csrf_checks=True)
    before = rows()

    for method in (browser.get, browser.head):
        assert method(link).status_code == 200
    assert browser.post(link, {"answer": "anything"}).status_code == 200
    assert rows() == before

    browser.post(link, {"answer": "none"})
    assert Preference.objects.refused().filter(kind=name).count() == len(Delivery.Channel)


def test_there_are_bulk_kinds() -> None:
    assert {"session_cue", "event_day_before", "event_soon"} <= set(BULK)
