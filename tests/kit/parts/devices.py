"""A device of the member, and one of the owner: nobody else knows of either."""

from typing import Any

from notifications.services.devices import register_device
from tests.kit.parts import Secret, Seed
from tests.kit.push_device import Device

FCM = "https://fcm.googleapis.com/fcm/send/"
DEVICE = "Fern phone"


def make(seed: Seed) -> dict[str, str]:
    made = register_device(person=seed.cast.member, device=DEVICE, now=seed.now, **Device(f"{FCM}member").said)
    return {"device": str(made.uuid)}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/messages/devices/<uuid>/": {"own": {"uuid": a["device"]}},
        r"^/api/v1/me/devices/<uuid>/": {"own": {"uuid": a["device"]}},
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    said = Device(f"{FCM}another").said
    keys = {"p256dh": said["p256dh"], "auth": said["auth"]}
    return {
        "/messages/devices/": {**said},
        "/api/v1/me/devices/": {"endpoint": said["endpoint"], "keys": keys, "device": "Moss phone"},
    }


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(DEVICE, frozenset({"member"})), Secret(f"{FCM}member", frozenset())]
