"""Whose the store of the example app is, and what becomes of it when a session ends."""

from collections.abc import Callable

import pytest

from accounts.models import User
from plans.models import SessionLog
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.examples.test_phone import ADDRESS, club, phone, sink, take_phone
from tests.kit.generated_client import import_phone
from tests.kit.mail_sink import MailSink

import_phone()

from phone import edits  # noqa: E402
from phone.app import OfAnother, Phone  # noqa: E402
from phone.doors import Doors  # noqa: E402
from phone.sending import Ended  # noqa: E402

__all__ = ["club", "phone", "sink", "take_phone"]

pytestmark = pytest.mark.django_db(transaction=True)
NEXT = "next@people.example"


@pytest.fixture
def left(phone: Phone, sink: MailSink, take_phone: Callable[[str], Phone]) -> Phone:
    """Return a phone whose session was ended elsewhere, with a log unsent; there is another account."""
    other = take_phone("other")
    other.sign_up(NEXT, NEW_PASSWORD, lambda: code_in(sink.to(NEXT)[-1].text))
    other.welcome("Ben", "Europe/Berlin")
    phone.sync()
    edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=20, note="Mine alone.")
    Doors(phone.doors.http, phone.doors.token).sign_out()
    return phone


def logs_of(address: str) -> list[int]:
    return [log.minutes for log in SessionLog.objects.visible_to(User.objects.get(email=address))]


@pytest.mark.usefixtures("club")
def test_another_is_let_in_only_when_what_is_unsent_may_be_forgotten(left: Phone) -> None:
    with pytest.raises(OfAnother, match="1 things"):
        left.sign_in(NEXT, NEW_PASSWORD)
    assert left.store.unsent() == 1

    asked: list[int] = []
    left.sign_in(NEXT, NEW_PASSWORD, may_forget=lambda unsent: not asked.append(unsent))
    assert asked == [1]
    assert left.sync() is Ended.EMPTY
    assert left.store.shown("log") == {}
    assert logs_of(NEXT) == logs_of(ADDRESS) == []


@pytest.mark.usefixtures("club")
def test_signing_out_leaves_nothing_also_where_the_session_was_over(left: Phone) -> None:
    left.sign_out()

    assert (left.doors.token, left.store.unsent(), left.store.shown("enrollment")) == ("", 0, {})


@pytest.mark.usefixtures("club")
def test_nothing_that_was_read_is_shown_to_the_next_one(left: Phone) -> None:
    for edit in left.store.waiting():
        left.store.drop(edit)
    left.store.keep("log", "of-the-first", {"minutes": 5})

    left.sign_in(NEXT, NEW_PASSWORD)

    assert left.store.shown("log") == {}


@pytest.mark.usefixtures("club")
def test_the_same_person_goes_on_with_what_waits(left: Phone) -> None:
    left.sign_in(ADDRESS, NEW_PASSWORD)
    assert left.sync() is Ended.EMPTY
    assert logs_of(ADDRESS) == [20]


@pytest.mark.usefixtures("club")
def test_a_session_that_is_over_takes_nothing_with_it(left: Phone, take_phone: Callable[[str], Phone]) -> None:
    assert left.sync() is Ended.SIGNED_OUT
    again = take_phone("phone")
    assert not again.doors.token
    assert again.store.unsent() == 1

    again.sign_in(ADDRESS, NEW_PASSWORD)

    assert again.sync() is Ended.EMPTY
    assert logs_of(ADDRESS) == [20]
