"""Devices come, change hands and go."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput
from notifications.models import Delivery, PushSubscription
from notifications.services.delivery import deliver_due
from notifications.services.devices import MOST, end_device, register_device
from tests.kit.push_device import Device
from tests.kit.push_sink import PushSink
from tests.notifications.conftest import add_device, by, make_reachable

pytestmark = pytest.mark.django_db

FCM = "https://fcm.googleapis.com/fcm/send/"


def test_saying_it_again_is_once_and_renews_the_keys(person: User, now: datetime) -> None:
    first, second = Device(FCM + "a"), Device(FCM + "a")

    made = register_device(person=person, now=now, device="Firefox", **first.said)
    again = register_device(person=person, now=now, device="Firefox", **second.said)

    assert made.pk == again.pk
    assert PushSubscription.objects.get().p256dh == second.p256dh


def test_said_again_without_a_name_it_keeps_the_one_that_it_had(person: User, now: datetime) -> None:
    for name in ("Firefox", ""):
        register_device(person=person, now=now, device=name, **Device(FCM + "a").said)
    assert PushSubscription.objects.get().device == "Firefox"


def test_one_that_ended_is_live_again(person: User, now: datetime) -> None:
    device = Device(FCM + "a")
    end_device(device=register_device(person=person, now=now, **device.said), now=now)

    register_device(person=person, now=now, **device.said)

    assert PushSubscription.objects.live().get().endpoint == device.endpoint


def test_ten_are_the_most_and_one_more_after_one_went(person: User, now: datetime) -> None:
    rows = [register_device(person=person, now=now, **Device(f"{FCM}{n}").said) for n in range(MOST)]

    with pytest.raises(DomainError, match="too_many_devices"):
        register_device(person=person, now=now, **Device(FCM + "more").said)
    register_device(person=person, now=now, **Device(FCM + "3").said)  # one of the ten, again

    end_device(device=rows[0], now=now)
    register_device(person=person, now=now, **Device(FCM + "more").said)
    assert PushSubscription.objects.filter(person=person).live().count() == MOST


def test_a_device_that_changed_hands_gets_nothing_of_whoever_had_it(
    person: User, device: Device, put: Callable, push: PushSink, now: datetime
) -> None:
    put()
    other = make_reachable("other")

    register_device(person=other, now=now, **device.said)
    outcome = deliver_due(now=now, channel="push")

    assert outcome == {"suppressed": 1}
    assert by("push").reason == "no_device"
    assert push.posts == []
    assert PushSubscription.objects.get().person == other


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("endpoint", "https://evil.example/", "push_service_not_allowed"),
        ("endpoint", "http://127.0.0.1:8000/", "push_service_not_allowed"),
        ("p256dh", "", "invalid_key"),
        ("p256dh", "BAAA", "invalid_key"),
        ("p256dh", "B" + "A" * 86, "invalid_key"),  # 65 bytes that are no point of the curve
        ("p256dh", "鍵", "invalid_key"),
        ("auth", "", "invalid_key"),
        ("auth", "c2hvcnQ", "invalid_key"),
        ("auth", "!", "invalid_key"),
    ],
)
def test_what_cannot_be_sent_to_is_refused(field: str, value: str, code: str, person: User, now: datetime) -> None:
    with pytest.raises(InvalidInput, match=code) as refusal:
        register_device(person=person, now=now, **{**Device(FCM).said, field: value})

    assert refusal.value.field == field
    assert not PushSubscription.objects.exists()


def test_a_device_added_later_hears_no_old_news(person: User, push: PushSink, put: Callable, now: datetime) -> None:
    put()
    add_device(person, push.url(), now)

    put()

    assert not Delivery.objects.filter(channel="push").exists()
