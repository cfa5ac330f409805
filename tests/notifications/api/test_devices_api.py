"""Devices over the API: a browser's subscription, an app's endpoint, the site's key."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from notifications.models import PushSubscription
from notifications.push import vapid
from tests.kit.push_device import Device
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

PATH = "/api/v1/me/devices/"


def said_by(endpoint: str, **more: Any) -> dict[str, Any]:
    device = Device(endpoint)
    return {"endpoint": endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}, **more}


def test_a_browsers_own_words_are_enough(person: User, api_as: Callable) -> None:
    body = said_by("https://web.push.apple.com/QG", expirationTime=None, kind="browser")

    answer = api_as(person).post(PATH, body)

    assert answer.status_code == 201
    assert set(answer.json()) == {"uuid", "kind", "device", "created_at", "last_used_at"}
    assert PushSubscription.objects.get().person == person


def test_an_app_by_unified_push(person: User, api_as: Callable, settings: Any) -> None:
    body = said_by("https://ntfy.example.org/upABC?up=1", device="Moss phone")
    client = api_as(person)

    refused = client.post(PATH, body)
    settings.PUSH_SERVICES = [*settings.PUSH_SERVICES, "ntfy.example.org"]
    taken = client.post(PATH, body)

    assert (refused.status_code, refused.json()["code"]) == (400, "push_service_not_allowed")
    assert (taken.status_code, taken.json()["kind"]) == (201, "app")
    assert [row["device"] for row in client.get(PATH).json()["results"]] == ["Moss phone"]


def test_nobody_elses_device(person: User, api_as: Callable) -> None:
    made = api_as(person).post(PATH, said_by("https://fcm.googleapis.com/fcm/send/a")).json()
    other = api_as(make_reachable("other"))

    assert other.get(PATH).json()["results"] == []
    assert other.delete(f"{PATH}{made['uuid']}/").status_code == 404
    assert api_as(person).delete(f"{PATH}{made['uuid']}/").status_code == 204
    assert not PushSubscription.objects.live().exists()


@pytest.mark.parametrize(
    "body",
    [{}, {"endpoint": "https://fcm.googleapis.com/x"}, {"endpoint": 7, "keys": 7}, {"endpoint": "x", "keys": {}}, []],
)
def test_what_makes_no_sense_is_a_400(body: object, person: User, api_as: Callable) -> None:
    assert api_as(person).post(PATH, body).status_code == 400


def test_the_key_is_the_one_messages_are_signed_with(person: User, api_as: Callable) -> None:
    assert api_as(person).get("/api/v1/push-key/").json() == {"public_key": vapid.public_key()}
    assert api_as(None).get("/api/v1/push-key/").status_code in {401, 403}
