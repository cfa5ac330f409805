"""Mail servers that refuse, hang up and come back: each message has its own fate, and none that of another."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from celery.exceptions import SoftTimeLimitExceeded

from accounts.models import User
from core.smtp import EmailBackend, Posting
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.kit.odd_mail_server import Whims, running_odd_mail_server
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]
Start = Callable[[Whims], Whims]


@pytest.fixture
def start(settings: Any) -> Iterator[Start]:
    with ExitStack() as running:

        def started(whims: Whims) -> Whims:
            running.enter_context(running_odd_mail_server(whims))
            options = {"host": "127.0.0.1", "port": whims.port, "timeout": 3}
            settings.MAILERS = {"default": {"BACKEND": "core.smtp.EmailBackend", "OPTIONS": options}}
            return whims

        yield started


@pytest.fixture
def three(put: Put) -> list[Delivery]:
    return [put(f"{n}", person=make_reachable(f"n{n}")) for n in range(3)]


def fates() -> list[tuple[str, str, int]]:
    """Return how each stands: state, reason and tries."""
    return sorted(Delivery.objects.filter(channel="email").values_list("state", "reason", "attempts"))


def refusing_the_first() -> Callable[[str], str]:
    asked: list[str] = []

    def takes(address: str) -> str:
        asked.append(address)
        return "550 nobody of that name" if address == asked[0] else "250 known"

    return takes


REFUSED, SENT, WAITING = ("dead", "smtp_550", 1), ("sent", "", 1), ("pending", "provider_unreachable", 0)


@pytest.mark.parametrize("again", ["554 go away", "421 later"])
def test_a_server_that_lets_nobody_in_again_is_nobodys_failed_try(
    three: list[Delivery], start: Start, now: datetime, again: str
) -> None:
    whims = Whims(takes=refusing_the_first(), hangs_up="after DATA", greets=lambda n: "" if n == 1 else again)
    start(whims)

    deliver_due(now=now)

    assert fates() == [REFUSED, WAITING, WAITING]


def test_nor_is_one_that_talks_to_nobody_again(three: list[Delivery], start: Start, now: datetime) -> None:
    whims = Whims(takes=refusing_the_first(), hangs_up="after DATA", knows=lambda n: "" if n == 1 else "554 not you")
    start(whims)

    deliver_due(now=now)

    assert fates() == [REFUSED, WAITING, WAITING]


@pytest.mark.parametrize("hangs_up", ["at once", "after DATA", ""])
def test_who_is_refused_is_known_for_it_however_the_server_ends(
    three: list[Delivery], start: Start, now: datetime, hangs_up: str
) -> None:
    start(Whims(takes=refusing_the_first(), hangs_up=hangs_up))

    deliver_due(now=now)

    assert fates() == [REFUSED, SENT, SENT]


def test_a_server_that_takes_one_message_over_one_line_gets_all(
    three: list[Delivery], start: Start, now: datetime
) -> None:
    whims = start(Whims(most=1))

    assert deliver_due(now=now) == {"sent": 3}
    assert (len(whims.mails), whims.connections) == (3, 3)


@pytest.mark.parametrize("reply", ["550 nobody", "252 perhaps"])
def test_nothing_is_ever_sent_to_nobody(three: list[Delivery], start: Start, now: datetime, reply: str) -> None:
    whims = start(Whims(takes=lambda _address: reply, says_go_on_to_nobody=True))

    deliver_due(now=now)

    assert whims.mails == []


def test_one_that_cannot_be_announced_stops_nobody(three: list[Delivery], start: Start, now: datetime) -> None:
    """The library breaks over this address, which no form would take."""
    whims, odd = start(Whims()), three[1].notification.person
    EmailAddress.objects.filter(user=odd).update(email="x@[a")
    User.objects.filter(pk=odd.pk).update(email="x@[a")

    assert deliver_due(now=now) == {"sent": 2, "failed": 1}
    assert len(whims.mails) == 2
    assert fates() == [("pending", "error", 1), SENT, SENT]


def test_what_was_taken_is_marked_though_the_turn_ends_over_the_next(
    three: list[Delivery], start: Start, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce, said = EmailBackend.announce, list[Any]()

    def announcing(backend: EmailBackend, message: Any) -> Posting | None:
        said.append(message)
        if len(said) == 2:
            raise SoftTimeLimitExceeded
        return announce(backend, message)

    monkeypatch.setattr(EmailBackend, "announce", announcing)
    start(Whims())

    with pytest.raises(SoftTimeLimitExceeded):
        deliver_due(now=now)

    assert sum(fate == SENT for fate in fates()) == 1
