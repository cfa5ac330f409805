"""Saying it twice is once, and what is undone is not said."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction
from django.db.models import Value

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services.devices import register_device
from notifications.services.outbox import Message, notify, notify_all, notify_found
from tests.kit.push_device import Device

pytestmark = pytest.mark.django_db


def test_the_same_key_makes_one_message(person: User, now: datetime) -> None:
    for _ in range(3):
        notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert Notification.objects.count() == 1
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "inbox"]


def test_a_message_is_due_at_once(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    found = set(Delivery.objects.values_list("state", "next_attempt_at"))
    assert found == {(Delivery.State.PENDING, now)}


def test_undone_with_the_callers_transaction(person: User, now: datetime) -> None:
    with transaction.atomic():
        notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)
        transaction.set_rollback(True)

    assert not Notification.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 600])
def test_many_take_as_many_queries_as_one_batch(
    count: int, person: User, now: datetime, django_assert_max_num_queries: Callable
) -> None:
    for name in "ab":
        register_device(person=person, now=now, **Device(f"https://fcm.googleapis.com/fcm/send/{name}").said)
    messages = [Message(person.pk, "nudge", "1", f"key {n}") for n in range(count)]

    with django_assert_max_num_queries(4):  # one for each five hundred, and the savepoint's
        notify_all(messages, now=now)

    assert Delivery.objects.filter(channel="push").count() == 2 * count
    assert Delivery.objects.count() == 4 * count


def test_a_message_of_a_sent_one_is_not_sent_again(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=now)

    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}


def test_what_was_said_is_not_said_to_a_new_device(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)
    register_device(person=person, now=now, **Device("https://fcm.googleapis.com/fcm/send/new").said)

    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "inbox"]


def test_what_the_database_finds_is_told_in_one_query_and_once(
    person: User, now: datetime, django_assert_num_queries: Callable
) -> None:
    everybody = User.objects.annotate(kind=Value("nudge"), about=Value("1"), occurrence=Value(""), once=Value("a"))
    found = everybody.values_list("pk", "kind", "about", "occurrence", "once", "suspended_until")
    with django_assert_num_queries(1):
        notify_found(found, now=now)
    notify_found(found, now=now)

    told = Notification.objects.get()
    assert (told.person, told.kind, told.dedupe_key, told.due_at, told.expires_at) == (person, "nudge", "a", now, None)
    assert sorted(Delivery.objects.values_list("channel", "state", "next_attempt_at")) == [
        ("email", "pending", now),
        ("inbox", "pending", now),
    ]
