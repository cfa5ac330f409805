"""Saying it twice is once, and what is undone is not said."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services.outbox import Message, notify, notify_all

pytestmark = pytest.mark.django_db


def test_the_same_key_makes_one_message(person: User, now: datetime) -> None:
    for _ in range(3):
        notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert Notification.objects.count() == 1
    assert Delivery.objects.count() == 1


def test_a_message_is_due_at_once(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.next_attempt_at) == (Delivery.State.PENDING, now)


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
    messages = [Message(person.pk, "nudge", "1", f"key {n}") for n in range(count)]

    with django_assert_max_num_queries(7):
        notify_all(messages, now=now)

    assert Delivery.objects.count() == count


def test_a_message_of_a_sent_one_is_not_sent_again(person: User, now: datetime) -> None:
    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)
    Delivery.objects.update(state=Delivery.State.SENT, sent_at=now)

    notify(person=person, kind="nudge", about_id="1", dedupe_key="a", now=now)

    assert Delivery.objects.get().state == Delivery.State.SENT
