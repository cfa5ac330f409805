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
