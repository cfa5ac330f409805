"""Promise R1: no reminder lost; no second copy unless a sender was killed while sending it, and then recognisable."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.faults.reminder_scene import make_due, run_senders
from tests.kit.mail_sink import MailSink, running_mail_sink

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

PEOPLE = int(os.environ.get("R1_PEOPLE", "150"))  # `bench.faults` does it with 3,000
FOR_A_CONTROL = min(PEOPLE, 150)
TIME = 240 + PEOPLE / 4  # seconds at most: on a busy machine little is done in the quarter of one between two kills


@pytest.fixture
def slow_server() -> Iterator[MailSink]:
    """A mail server that takes its time, so that kills hit messages on their way."""
    with running_mail_sink() as sink:
        sink.delay = 0.02
        yield sink


def test_nobody_killed(slow_server: MailSink, record_property: Callable[[str, object], None]) -> None:
    make_due(PEOPLE)

    outcome = run_senders(slow_server, killing=False, seconds=TIME)

    record_property("figures", outcome.figures())
    assert (outcome.sent, outcome.lost, outcome.doubled) == (PEOPLE, 0, 0)
    assert len(slow_server.mails) == PEOPLE


def test_senders_killed_all_the_time(slow_server: MailSink, record_property: Callable[[str, object], None]) -> None:
    make_due(PEOPLE)

    outcome = run_senders(slow_server, killing=True, seconds=TIME)

    record_property("figures", outcome.figures())
    assert outcome.kills >= 5
    assert (outcome.sent, outcome.lost, outcome.told_apart) == (PEOPLE, 0, 0)
    assert outcome.doubled <= outcome.kills


def test_control_marked_before_sending_loses(
    slow_server: MailSink, record_property: Callable[[str, object], None]
) -> None:
    make_due(FOR_A_CONTROL)

    outcome = run_senders(slow_server, killing=True, without=("mark-after-sending",))

    record_property("figures", outcome.figures())
    assert outcome.lost > 0


def test_control_without_a_lease_doubles(slow_server: MailSink, record_property: Callable[[str, object], None]) -> None:
    make_due(FOR_A_CONTROL)

    outcome = run_senders(slow_server, killing=False, without=("lease",))

    record_property("figures", outcome.figures())
    assert outcome.doubled > 0


def test_control_with_any_message_id_copies_cannot_be_told(
    slow_server: MailSink, record_property: Callable[[str, object], None]
) -> None:
    make_due(FOR_A_CONTROL)

    outcome = run_senders(slow_server, killing=True, without=("lease", "same-message-id"))

    record_property("figures", outcome.figures())
    assert outcome.told_apart > 0
