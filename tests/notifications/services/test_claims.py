"""What is taken first: stale things are held back at once, what cannot wait goes first, then the freshest."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from notifications.kinds import Kind
from notifications.models import Delivery
from notifications.services.claims import batches, claim, hold_stale

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]
HOUR = timedelta(hours=1)


def keys(claimed: list[Delivery]) -> list[str]:
    return [delivery.notification.dedupe_key for delivery in claimed]


def test_the_freshest_go_first(put: Put, now: datetime) -> None:
    for hours in (3, 1, 2):
        put(f"{hours} h ago", now=now - hours * HOUR)

    assert keys(claim(now=now)) == ["1 h ago", "2 h ago", "3 h ago"]


def test_what_cannot_wait_goes_before_the_freshest(put: Put, kind_of: Callable[..., Kind], now: datetime) -> None:
    put("fresh")
    kind_of("cancelled", waits_for_morning=False)
    put("cancelled hours ago", kind="cancelled", now=now - 5 * HOUR)

    assert [keys(batch) for batch in batches(lambda: now)] == [["cancelled hours ago"], ["fresh"]]


def test_each_batch_is_claimed_when_it_is_asked_for(put: Put, now: datetime) -> None:
    for key in "abc":
        put(key)

    first = next(batches(lambda: now, tell_size=lambda: 2))

    assert len(first) == 2
    assert Delivery.objects.filter(lease_id=None, channel=Delivery.Channel.EMAIL).count() == 1


def test_one_channel_alone(put: Put, now: datetime) -> None:
    put()

    assert claim(now=now, channel=Delivery.Channel.PUSH) == []
    assert len(claim(now=now, channel=Delivery.Channel.EMAIL)) == 1


def test_what_is_stale_is_held_back_many_at_once(put: Put, now: datetime, django_assert_max_num_queries) -> None:
    for n in range(5):
        put(f"stale {n}", now=now - 3 * HOUR, expires_at=now)
    put("of use", expires_at=now + HOUR)

    with django_assert_max_num_queries(5):
        assert hold_stale(now=now) == 5

    held = Delivery.objects.exclude(state=Delivery.State.PENDING)
    assert set(held.values_list("state", "reason")) == {(Delivery.State.SUPPRESSED, "expired")}
    assert keys(claim(now=now)) == ["of use"]


def test_what_somebody_is_sending_is_not_held_back(put: Put, now: datetime) -> None:
    put(now=now - 3 * HOUR, expires_at=now)
    claim(now=now - timedelta(seconds=5))

    assert hold_stale(now=now) == 0
