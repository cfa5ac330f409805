"""Two accounts add one device at the same moment: it is of whoever comes last, with nothing of the other's."""

from datetime import datetime

import pytest

from notifications.models import PushSubscription
from notifications.services.devices import register_device
from tests.faults.waiting import answered_once
from tests.kit.cast import make_person
from tests.kit.push_device import Device

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ENDPOINT = "https://fcm.googleapis.com/fcm/send/shared"


def test_a_device_is_of_whoever_comes_last(now: datetime) -> None:
    first, last = (make_person(name) for name in ("first", "last"))
    before, device = Device(ENDPOINT), Device(ENDPOINT)

    made = answered_once(
        lambda: register_device(person=first, now=now, device="before", **before.said),
        lambda: register_device(person=last, now=now, device="after", **device.said),
    )

    row = PushSubscription.objects.get()
    assert (row.pk, row.person, row.device, row.p256dh) == (made.pk, last, "after", device.p256dh)


def test_control_one_person_twice_at_once_is_one_row(now: datetime) -> None:
    person, device = make_person("one"), Device(ENDPOINT)

    made = answered_once(
        lambda: register_device(person=person, now=now, **device.said),
        lambda: register_device(person=person, now=now, **device.said),
    )

    assert PushSubscription.objects.get().pk == made.pk
