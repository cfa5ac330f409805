"""Promise R8: what carries one channel being slow or away delays no other."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from notifications.models import Delivery
from notifications.services import delivery
from notifications.services.delivery import deliver_due
from tests.kit.mail_sink import MailSink
from tests.kit.push_device import Device
from tests.kit.push_sink import BROKEN, PushSink
from tests.notifications.conftest import add_device

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]
AWAY = {
    "default": {
        "BACKEND": "core.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
    }
}


def turns(now: datetime) -> dict[str, dict[str, int]]:
    return {channel: dict(deliver_due(now=now, channel=channel)) for channel in ("email", "push", "inbox")}


def test_no_mail_server_and_the_pushes_go(
    device: Device, put: Put, push: PushSink, now: datetime, settings: object
) -> None:
    settings.MAILERS = AWAY
    for key in "abc":
        put(key)

    assert turns(now) == {"email": {"unreachable": 3}, "push": {"sent": 3}, "inbox": {"sent": 3}}
    assert len(push.posts) == 3


def test_no_push_service_and_the_mails_go(
    device: Device, put: Put, push: PushSink, sink: MailSink, now: datetime
) -> None:
    push.default = BROKEN
    for key in "abc":
        put(key)

    assert turns(now) == {"email": {"sent": 3}, "push": {"failed": 3}, "inbox": {"sent": 3}}
    assert len(sink.mails) == 3


def test_one_push_service_away_and_the_other_gets_its_own(
    device: Device, person: User, put: Put, push: PushSink, now: datetime, settings: object
) -> None:
    settings.PUSH_SINKS = [*settings.PUSH_SINKS, "http://127.0.0.1:1"]
    add_device(person, "http://127.0.0.1:1/push/two", now)
    put("a")
    put("b")

    assert turns(now)["push"] == {"sent": 2, "unreachable": 2}


def test_control_one_turn_for_all_would_wait(
    device: Device, put: Put, push: PushSink, now: datetime, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every channel behind the line of the mail server, its absence holds up the pushes."""
    settings.MAILERS = AWAY
    put()
    monkeypatch.setattr(delivery, "LINES", dict.fromkeys(delivery.LINES, delivery.EmailLine))

    assert turns(now)["push"] == {"unreachable": 1}
    assert push.posts == []
