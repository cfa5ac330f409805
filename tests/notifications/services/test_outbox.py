"""Saying it twice is once, and what is undone is not said."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services.devices import register_device
from notifications.services.outbox import Message, notify, notify_all
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

    with django_assert_max_num_queries(6):  # two for each five hundred, and the savepoint's
        notify_all(messages, now=now)

    assert Delivery.objects.filter(channel="push").count() == 2 * count
    assert Delivery.objects.count() == 4 * count


def test_a_message_of_a_sent_one_is_not_sent_again(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=now)

    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.SENT}


def test_what_an_earlier_release_stored_stays_as_it_is(person: User, now: datetime) -> None:
    old = Notification.objects.create(person=person, kind="nudge", about_id="1", dedupe_key="a", due_at=now)
    Delivery.objects.create(notification=old, channel="email")

    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert Delivery.objects.get().channel == "email"
