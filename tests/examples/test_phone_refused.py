"""What the server does not take from the example app: it holds up nothing else, and nothing that was typed is lost."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from core import clock
from plans.models import SessionLog
from tests.examples.test_phone import ADDRESS, club, phone, sink, take_phone
from tests.kit.generated_client import import_phone

import_phone()

from phone import edits, sending  # noqa: E402
from phone.app import Phone  # noqa: E402
from phone.sending import Ended  # noqa: E402

__all__ = ["club", "phone", "sink", "take_phone"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("club")]


def walk(phone: Phone, minutes: int = 20, **fields: Any) -> str:
    return edits.note_log(phone.store, exercise_type="walking", intensity="light", minutes=minutes, **fields)


def count() -> int:
    return SessionLog.objects.visible_to(User.objects.get(email=ADDRESS)).count()


def test_many_long_notes_go_in_more_than_one_batch(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    send = sending._send
    monkeypatch.setattr(sending, "_send", lambda *given: sent.append(len(given[2])) or send(*given))
    for _ in range(45):
        walk(phone, note="雪" * 2000)

    phone.sync()

    assert count() == 45
    assert sent == [32, 13]


def test_one_that_is_too_large_alone_holds_up_nothing(phone: Phone) -> None:
    walk(phone, note="Before.")
    walk(phone, note="x" * 300_000)
    walk(phone, note="After.")

    phone.sync()

    assert count() == 2
    (edit,) = phone.store.refused()
    assert "256 KB" in edit.refused


def test_one_that_cannot_be_read_holds_up_nothing(phone: Phone) -> None:
    for note in ["Before.", "NUL \0", "After."]:
        walk(phone, note=note)

    phone.sync()

    assert count() == 2
    (edit,) = phone.store.refused()
    assert edit.fields["note"] == "NUL \0"
    assert edit.refused


def test_one_that_the_client_has_no_words_for_holds_up_nothing(phone: Phone) -> None:
    edits.note_log(phone.store, exercise_type="walking", intensity="unheard-of", minutes=5)
    walk(phone)

    assert phone.sync() is Ended.REFUSED

    assert count() == 1
    assert [edit.fields["minutes"] for edit in phone.store.refused()] == [5]


def test_what_was_refused_is_changed_and_sent_again(phone: Phone) -> None:
    key = walk(phone, done_at=clock.now() + timedelta(days=2), note="Typed with care.")
    assert phone.sync() is Ended.REFUSED
    (edit,) = phone.store.refused()
    assert "done_at" in edit.refused
    assert phone.sync() is Ended.REFUSED  # told until it was looked at

    edits.change_refused(phone.store, edit, done_at=clock.now().isoformat())

    assert phone.store.shown("log")[key]["note"] == "Typed with care."
    assert phone.sync() is Ended.EMPTY
    assert phone.store.shown("log")[key]["note"] == "Typed with care."


@pytest.mark.parametrize("deletes", [True, False])
def test_what_was_refused_is_thrown_away(phone: Phone, *, deletes: bool) -> None:
    key = walk(phone, minutes=9999)
    phone.sync()
    if deletes:
        edits.delete_log(phone.store, key)
    else:
        edits.throw_away(phone.store, *phone.store.refused())
    assert phone.store.unsent() == 0
    assert phone.sync() is Ended.EMPTY


def test_a_change_that_was_refused_is_changed_and_sent_again(phone: Phone) -> None:
    key = walk(phone)
    phone.sync()
    edits.change_log(phone.store, key, note="x" * 2001)
    assert phone.sync() is Ended.REFUSED
    assert count() == 1

    edits.change_refused(phone.store, *phone.store.refused(), note="Shorter.")

    assert phone.sync() is Ended.EMPTY
    assert phone.store.shown("log")[key]["note"] == "Shorter."


@pytest.mark.parametrize("deletes", [True, False])
def test_what_was_typed_while_it_was_on_the_way_belongs_to_what_is_refused(phone: Phone, *, deletes: bool) -> None:
    """The first try brought no answer, and more was typed before the second."""
    key = walk(phone, minutes=9999)
    sending._next(phone.client, phone.store)
    edits.change_log(phone.store, key, note="Typed later.")
    if deletes:
        edits.delete_log(phone.store, key)

    assert phone.sync() is (Ended.EMPTY if deletes else Ended.REFUSED)

    assert [edit.fields["note"] for edit in phone.store.refused()] == ([] if deletes else ["Typed later."])


def test_a_log_of_a_plan_that_is_no_more_is_not_lost(phone: Phone) -> None:
    walk(phone, enrollment="7d0a3b52-6f0e-4d8b-9a50-1f6f6f1c2ab4", note="Typed with care.")
    assert phone.sync() is Ended.EMPTY
    (log,) = phone.store.shown("log").values()
    assert (log["enrollment"], log["note"]) == (None, "Typed with care.")
    assert count() == 1
