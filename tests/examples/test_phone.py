"""The example app, on the generated client alone, against the live server."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.services.erasure import erase_due
from core import clock
from groups.models import Rsvp
from moderation.models import Report
from plans.models import DayChange, Enrollment, SessionLog
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.accounts.entrance.test_second_factor import SECRET, code_now
from tests.journeys.conftest import Club, club, sink
from tests.kit.generated_client import import_phone
from tests.kit.mail_sink import MailSink

import_phone()

from mindmove_client.models import ReportReasonEnum  # noqa: E402
from phone import edits  # noqa: E402
from phone.app import Phone  # noqa: E402
from phone.doors import Refused  # noqa: E402
from phone.replies import NotTaken  # noqa: E402
from phone.sending import Ended  # noqa: E402
from phone.store import Store  # noqa: E402

__all__ = ["club", "sink"]

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "phone@people.example"


@pytest.fixture
def take_phone(live_server: LiveServer, tmp_path: Path, settings: Any) -> Iterator[Callable[[str], Phone]]:
    """Return the maker of phones; the same name twice is the same phone, switched on again."""
    settings.SITE_ORIGIN = live_server.url
    taken: list[Phone] = []

    def take(name: str = "phone") -> Phone:
        taken.append(Phone(live_server.url, Store(str(tmp_path / f"{name}.sqlite3"))))
        return taken[-1]

    yield take
    for phone in taken:
        phone.close()


@pytest.fixture
def phone(take_phone: Callable[[str], Phone], sink: MailSink) -> Phone:
    """Return a phone on which somebody has just signed up."""
    made = take_phone("phone")
    made.sign_up(ADDRESS, NEW_PASSWORD, lambda: code_in(sink.to(ADDRESS)[-1].text))
    made.welcome("Asha", "Asia/Kolkata")
    return made


def test_it_walks_the_whole_way(club: Club, phone: Phone) -> None:
    group = next(one for one in phone.find_groups() if one.uuid == club.cast.group.uuid)
    assert phone.join(group).is_member
    plan = phone.follow("ten-minute-walk", clock.now().date(), [1, 3], time(18, 30))
    assert phone.today().steps[0].enrollment == plan.uuid
    report = phone.report("group", group.uuid, ReportReasonEnum.SPAM, "An advertisement, it seems.")

    edits.answer_event(phone.store, str(club.event.uuid), "going")
    edits.mark(phone.store, "bookmark", "mechanism", "behavioural-activation", is_on=True)
    log = edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=20, mood_after=5)
    assert phone.sync() is Ended.EMPTY

    person = User.objects.get(email=ADDRESS)
    assert Report.objects.get().uuid == report.uuid
    assert Enrollment.objects.visible_to(person).get().uuid == plan.uuid
    assert Rsvp.objects.get(person=person, event=club.event).status == Rsvp.Status.WAITLISTED
    assert str(SessionLog.objects.visible_to(person).get().uuid) == log
    assert phone.store.shown("log")[log]["mood_after"] == 5
    assert phone.store.shown("rsvp")[str(club.event.uuid)]["status"] == "waitlisted"
    assert "bookmark/mechanism/behavioural-activation" in phone.store.shown("mark")
    assert str(group.uuid) in phone.store.shown("group")


def test_it_deletes_the_account_and_keeps_it_after_all(phone: Phone, take_phone: Callable[[str], Phone]) -> None:
    with pytest.raises(Refused):
        phone.delete_account("not-this-one-at-all")
    assert phone.delete_account(NEW_PASSWORD).erase_at
    with pytest.raises(NotTaken, match="leaving"):
        phone.me()

    other = take_phone("other")
    other.sign_in(ADDRESS, NEW_PASSWORD)
    other.keep_account()
    assert other.me().email == ADDRESS

    at = other.delete_account(NEW_PASSWORD).erase_at
    assert at is not None
    assert erase_due(now=at) == 1
    assert not User.objects.filter(email=ADDRESS).exists()
    with pytest.raises(NotTaken, match="401"):
        other.me()


def test_it_is_who_it_was_after_a_restart_and_nobody_after_signing_out(
    phone: Phone, take_phone: Callable[[str], Phone]
) -> None:
    again = take_phone("phone")
    assert again.me().email == ADDRESS
    edits.note_log(again.store, exercise_type="walking", intensity="light", minutes=20)

    again.sign_out()

    assert again.store.shown("log") == {}
    with pytest.raises(NotTaken, match="401"):
        phone.me()


def test_a_wrong_password_is_told_in_words(phone: Phone, take_phone: Callable[[str], Phone]) -> None:
    with pytest.raises(Refused, match="do not go together"):
        take_phone("other").sign_in(ADDRESS, "not-this-one-at-all")


def test_a_second_factor_is_asked_for_where_there_is_one(phone: Phone, take_phone: Callable[[str], Phone]) -> None:
    TOTP.activate(User.objects.get(email=ADDRESS), SECRET)
    other = take_phone("other")
    with pytest.raises(Refused, match="mfa_authenticate"):
        other.sign_in(ADDRESS, NEW_PASSWORD)

    other.sign_in(ADDRESS, NEW_PASSWORD, code_now)

    assert other.me().email == ADDRESS


def test_what_is_noted_without_a_connection_is_shown_and_sent_later(
    club: Club, phone: Phone, take_phone: Callable[[str], Phone], live_server: LiveServer
) -> None:
    """The address of nobody stands for having no connection."""
    away = Phone("http://127.0.0.1:9", phone.store)
    log = edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=20)
    edits.change_log(phone.store, log, minutes=25)
    with pytest.raises(Exception, match="refused"):
        away.sync()
    assert phone.store.shown("log")[log]["minutes"] == 25

    assert phone.sync() is Ended.EMPTY

    other = take_phone("other")
    other.sign_in(ADDRESS, NEW_PASSWORD)
    other.sync()
    assert other.store.shown("log")[log]["minutes"] == 25
    edits.delete_log(other.store, log)
    other.sync()
    phone.sync()
    assert phone.store.shown("log") == {}


def test_what_the_server_does_not_take_is_kept_for_a_look(club: Club, phone: Phone) -> None:
    edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=20)
    later = clock.now() + timedelta(days=2)
    edits.note_log(phone.store, done_at=later, exercise_type="walking", intensity="light", minutes=5)
    assert phone.sync() is Ended.REFUSED
    assert [edit.fields["minutes"] for edit in phone.store.refused()] == [5]
    assert [log["minutes"] for log in phone.store.shown("log").values()] == [20]


def test_a_moved_step_that_is_moved_again_keeps_its_time(
    phone: Phone, take_phone: Callable[[str], Phone], club: Club
) -> None:
    today = clock.now().date()
    day = today + timedelta(days=2)
    plan = str(phone.follow("ten-minute-walk", today, [day.isoweekday()], time(18, 30)).uuid)
    edits.move_day(phone.store, plan, day, today + timedelta(days=3), time(7, 15))
    phone.sync()
    other = take_phone("other")
    other.sign_in(ADDRESS, NEW_PASSWORD)
    other.sync()

    edits.move_day(other.store, plan, day, today + timedelta(days=4))
    other.sync()

    change = DayChange.objects.get()
    assert (change.moved_to, change.at_time) == (today + timedelta(days=4), time(7, 15))
    edits.move_day(other.store, plan, day, None)
    assert other.sync() is Ended.EMPTY
    assert other.store.shown("day")[f"{plan}/{day}"]["at_time"] is None
