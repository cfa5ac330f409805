"""A provider's limit holds for all senders together."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from notifications.rate import reserve, wait_for_slot

pytestmark = pytest.mark.django_db


def test_slots_lie_apart_and_are_given_once(now: datetime) -> None:
    slots = [reserve("email", rate=20, now=now) for _ in range(4)]

    assert slots == [now + n * timedelta(milliseconds=50) for n in range(4)]


def test_unused_time_is_not_saved_up(now: datetime) -> None:
    reserve("email", rate=20, now=now)
    later = now + timedelta(hours=1)

    assert [reserve("email", rate=20, now=later) for _ in range(2)] == [later, later + timedelta(milliseconds=50)]


def test_each_channel_has_its_own(now: datetime) -> None:
    reserve("email", rate=1, now=now)

    assert reserve("push", rate=1, now=now) == now


def test_a_message_waits_for_its_slot(settings: Any, now: datetime) -> None:
    settings.SEND_RATES = {"email": 4}
    waits: list[float] = []

    for _ in range(3):
        wait_for_slot("email", lambda: now, pause=waits.append)

    assert waits == [0.25, 0.5]


def test_without_a_limit_nothing_waits_or_is_written(
    settings: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    settings.SEND_RATES = {"email": 0}

    with django_assert_num_queries(0):
        wait_for_slot("email", lambda: now, pause=pytest.fail)
