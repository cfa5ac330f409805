"""A kind of message that a test decides about, a person who can be reached, and a mail server."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from notifications import kinds
from notifications.kinds import Content, Hold, Kind
from notifications.models import Delivery
from notifications.services.devices import register_device
from notifications.services.outbox import notify
from tests.kit.cast import make_person
from tests.kit.mail_sink import MailSink, running_mail_sink
from tests.kit.push_device import Device
from tests.kit.push_sink import PushSink, running_push_sink


def make_reachable(name: str, **fields: Any) -> User:
    person = make_person(name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def person(db: None) -> User:
    return make_reachable("mika")


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """A real SMTP server; mails go there and not into memory."""
    with running_mail_sink() as running:
        settings.MAILERS = {
            "default": {
                "BACKEND": "core.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": running.port, "timeout": 5},
            }
        }
        yield running


@pytest.fixture
def kind_of() -> Iterator[Callable[..., Kind]]:
    """Return a registrar of kinds: `kind_of("nudge", prepare=…, is_bulk=…)`; all are forgotten after the test."""
    before = dict(kinds._kinds)

    def make(name: str = "nudge", **fields: Any) -> Kind:
        defaults: dict[str, Any] = {
            "label": "A nudge",
            "template": "reminders/mail/session_cue",
            "prepare": lambda *_: Content({"sentences": [{"when_text": "it's light", "then_text": "walk"}]}, "/"),
            "why": "You asked for it.",
        }
        kind = Kind(name=name, **{**defaults, **fields})
        kinds.register(kind)
        return kind

    yield make
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def put(person: User, kind_of: Callable[..., Kind], now: datetime) -> Callable[..., Delivery]:
    """Return a function that puts one message of the kind "nudge" into the outbox."""
    kind_of()

    def put_one(key: str = "one", **fields: Any) -> Delivery:
        values = {"person": person, "kind": "nudge", "about_id": "1", "dedupe_key": key, "now": now}
        notify(**{**values, **fields})
        return Delivery.objects.get(notification__dedupe_key=key, channel=Delivery.Channel.EMAIL)

    return put_one


def held(reason: str) -> Callable[..., Hold]:
    return lambda *_: Hold(reason)


@pytest.fixture
def push(settings: Any) -> Iterator[PushSink]:
    """A push service on this machine, to which messages may go."""
    with running_push_sink() as running:
        settings.PUSH_SINKS = [running.url("")]
        yield running


@pytest.fixture
def device(person: User, push: PushSink, now: datetime) -> Device:
    """A device of the person, live before anything is put into the outbox."""
    return add_device(person, push.url("/push/one"), now)


def add_device(person: User, endpoint: str, now: datetime) -> Device:
    made = Device(endpoint)
    register_device(person=person, now=now, **made.said)
    return made


def by(channel: str, key: str = "one") -> Delivery:
    return Delivery.objects.get(channel=channel, notification__dedupe_key=key)
