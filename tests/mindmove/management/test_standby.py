"""Whoever stands by does nothing while others work, and their work while they do not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from core import clock
from mindmove.management.commands.standby import step_in
from notifications.models import Delivery, Tick
from notifications.services.ticks import PLANNED, note_tick, sent_by
from tests.faults.reminder_scene import make_due
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import sink

__all__ = ["sink"]

pytestmark = pytest.mark.django_db

AFTER = timedelta(seconds=45)
SENT = [sent_by(channel) for channel in ("email", "push", "inbox")]


def test_it_plans_and_sends_when_nobody_did(sink: MailSink) -> None:
    make_due(2, is_planned=False)

    assert step_in(after=AFTER) == [PLANNED, *SENT]

    assert len(sink.mails) == 2
    assert set(Tick.objects.values_list("name", flat=True)) == {PLANNED, *SENT}


def test_it_lets_others_work(sink: MailSink) -> None:
    make_due(1)
    note_tick(PLANNED, now=clock.now() - AFTER / 2)
    for name in SENT:
        note_tick(name, now=clock.now() - AFTER / 2)

    assert step_in(after=AFTER) == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.PENDING}


def test_it_steps_in_for_the_one_that_stands_still(sink: MailSink) -> None:
    note_tick(PLANNED, now=clock.now())
    for name in SENT:
        note_tick(name, now=clock.now() - 2 * AFTER)

    assert step_in(after=AFTER) == SENT


def test_it_waits_for_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch, caplog: Callable) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        assert step_in(after=AFTER) == []
