"""An invitation that is let pass comes rarer through the real delivery; any sign of life brings it back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from notifications.backing_off import ASK_AFTER
from notifications.kinds import Kind
from notifications.models import Delivery, Notification, Pace, Preference
from notifications.services.delivery import deliver_due
from notifications.services.pace import answer
from notifications.services.preferences import set_wanted
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import kind_of

pytestmark = pytest.mark.django_db
__all__ = ["kind_of"]

Put = Callable[..., Delivery]
DAY = timedelta(days=1)


@pytest.fixture
def days(put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime) -> Callable[[int, int], str]:
    """Return a function that lets days pass, each with one message; it tells which were sent: "x", and held: "."."""
    kind_of(is_nudge=True)

    def pass_days(first: int, last: int) -> str:
        told = ""
        for number in range(first, last):
            put(str(number), now=now + number * DAY)
            told += "x" if deliver_due(now=now + number * DAY)["sent"] else "."
        return told

    return pass_days


def test_let_pass_it_comes_rarer(days: Callable[[int, int], str]) -> None:
    assert days(0, 16) == "xxxx.x.x.x.x...x"
    assert set(Delivery.objects.filter(state="suppressed").values_list("reason", flat=True)) == {"backed_off"}


def test_control_what_is_no_nudge_comes_as_ever(days: Callable[[int, int], str], kind_of: Callable[..., Kind]) -> None:
    kind_of(is_nudge=False)

    assert days(0, 8) == "xxxxxxxx"


@pytest.mark.parametrize("sign", ["read", "signed in"])
def test_a_sign_of_life_begins_anew(sign: str, days: Callable[[int, int], str], person: User, now: datetime) -> None:
    assert days(0, 7) == "xxxx.x."

    if sign == "read":
        Notification.objects.filter(dedupe_key="5").update(seen_at=now + 6 * DAY)
    else:
        User.objects.filter(pk=person.pk).update(last_login=now + 6 * DAY)

    assert days(7, 11) == "xxxx"


def test_several_in_one_day_are_one_that_was_let_pass(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    kind_of(is_nudge=True)

    for number in range(6):
        put(str(number), now=now + number * timedelta(hours=1))
        assert deliver_due(now=now + number * timedelta(hours=1)) == {"sent": 1}


def test_fewer_is_asked_once_and_answered_without_signing_in(
    days: Callable[[int, int], str], sink: MailSink, person: User
) -> None:
    days(0, 20)

    asking = [mail for mail in sink.mails if "/messages/fewer/" in mail.text]
    assert len(asking) == 1
    assert len(sink.mails) > ASK_AFTER + 1
    link = "/messages/fewer/" + asking[0].text.split("/messages/fewer/")[1].split()[0]
    browser = Client(enforce_csrf_checks=True)
    assert browser.get(link).status_code == browser.head(link).status_code == 200
    assert Pace.objects.get().answered_at is None
    assert browser.post(link, {"answer": "fewer"}).status_code == 200
    assert Pace.objects.get().every == 2


def test_who_is_reached_in_the_inbox_alone_is_asked_too(
    put: Put, kind_of: Callable[..., Kind], person: User, now: datetime
) -> None:
    kind_of(is_nudge=True)
    set_wanted(person=person, kind="nudge", is_wanted=False, now=now)
    for number in range(20):
        day = now + timedelta(days=number)
        put(str(number), now=day)
        deliver_due(now=day, channel=Delivery.Channel.INBOX)

    assert Pace.objects.get().asked_at is not None


def test_fewer_is_one_in_two_also_for_who_is_there(
    days: Callable[[int, int], str], person: User, now: datetime
) -> None:
    answer(person=person, kind="nudge", answer="fewer", now=now)

    assert days(0, 4) == ".x.x"


def test_keep_keeps_every_one(days: Callable[[int, int], str], person: User, now: datetime) -> None:
    answer(person=person, kind="nudge", answer="keep", now=now)

    assert days(0, 12) == "x" * 12


def test_none_stops_every_way(days: Callable[[int, int], str], person: User, now: datetime) -> None:
    answer(person=person, kind="nudge", answer="none", now=now)

    assert days(0, 2) == ".."
    assert Preference.objects.refused().count() == len(Delivery.Channel)
