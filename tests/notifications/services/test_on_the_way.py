"""A mail that is announced and not begun, or handed over and not answered, when something comes between."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from notifications.channels.email import EmailLine
from notifications.letter import Letter
from notifications.models import Delivery
from notifications.services import delivery, marks
from notifications.services.delivery import deliver_due
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


@pytest.fixture
def three(put: Put) -> list[Delivery]:
    return [put(f"{n}", person=make_reachable(f"n{n}")) for n in range(3)]


def states() -> dict[str, int]:
    found = list(Delivery.objects.filter(channel="email").values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def test_who_was_announced_and_then_was_somebody_elses_gets_nothing_from_us(
    three: list[Delivery], sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce, said = EmailLine.announce, list[str]()

    def announcing(line: EmailLine, parcel: Letter) -> None:
        announce(line, parcel)
        said.append(parcel.to[0])
        if len(said) == 2:
            Delivery.objects.filter(notification__person__email=parcel.to[0]).update(lease_id=None)

    monkeypatch.setattr(EmailLine, "announce", announcing)

    assert deliver_due(now=now)["lost_lease"] == 1
    assert [said[1]] not in [list(mail.recipients) for mail in sink.mails]
    assert len(sink.mails) == len({mail.recipients for mail in sink.mails}) == 2


def test_what_went_out_is_marked_though_the_turn_ends_before_its_answer(
    three: list[Delivery], sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose, made = EmailLine.compose, list[Delivery]()

    def composing(line: EmailLine, one: Delivery, sends: Any) -> Letter:
        made.append(one)
        if len(made) == 2:
            raise SoftTimeLimitExceeded
        return compose(line, one, sends)

    monkeypatch.setattr(EmailLine, "compose", composing)

    with pytest.raises(SoftTimeLimitExceeded):
        deliver_due(now=now)

    assert len(sink.mails) == 1
    assert states() == {"pending": 2, "sent": 1}


def test_a_mark_that_fails_leaves_the_server_nothing_to_wait_for(
    three: list[Delivery], sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> set[int]:
        raise OperationalError

    monkeypatch.setattr(marks, "move_on", failing)
    started = monotonic()

    with pytest.raises(OperationalError):
        deliver_due(now=now)

    assert monotonic() - started < 2  # a line of the tests waits five for an answer
    assert sink.mails == []


def test_a_line_that_died_while_nothing_was_said_is_opened_again(
    three: list[Delivery], sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce, said = EmailLine.announce, list[str]()

    def announcing(line: EmailLine, parcel: Letter) -> None:
        said.append(parcel.to[0])
        if len(said) == 2:
            line._mailer.connection.close()
        announce(line, parcel)

    monkeypatch.setattr(EmailLine, "announce", announcing)

    assert deliver_due(now=now) == {"sent": 3}
    assert len(sink.mails) == 3


@pytest.mark.parametrize("pipelines", [True, False])
def test_all_go_whatever_the_server_offers(
    three: list[Delivery], sink: MailSink, now: datetime, *, pipelines: bool
) -> None:
    sink.pipelines = pipelines

    assert deliver_due(now=now) == {"sent": 3}
    assert len(sink.mails) == 3


def test_a_claim_grows_to_what_goes_out_in_a_second(
    put: Put, sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FRESH", timedelta(hours=1))  # however busy this machine is
    for n in range(40):
        put(f"{n}", person=make_reachable(f"n{n}"))
    batches, sizes = delivery.batches, list[int]()

    def noted(*args: Any, **how: Any) -> Any:
        for claimed in batches(*args, **how):
            sizes.append(len(claimed))
            yield claimed

    monkeypatch.setattr(delivery, "batches", noted)

    assert deliver_due(now=now, batch=4) == {"sent": 40}
    assert sizes[:3] == [5, 10, 20]
