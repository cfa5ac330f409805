"""The list of devices, adding this one, removing any, and signing out."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from notifications.models import PushSubscription
from notifications.services.devices import register_device
from tests.kit.push_device import Device
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

FCM = "https://fcm.googleapis.com/fcm/send/"
ANDROID = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.fixture
def browser(person: User, as_person: Callable) -> Client:
    client: Client = as_person(person)
    client.post("/messages/devices/", Device(f"{FCM}a").said, headers={"user-agent": ANDROID})
    return client


def test_this_device_is_added_and_listed_without_its_address(browser: Client) -> None:
    page = browser.get("/messages/settings/").content.decode()

    assert "Firefox · Android" in page
    assert FCM not in page
    assert PushSubscription.objects.live().count() == 1


def test_what_is_not_a_push_service_is_refused_in_words(browser: Client) -> None:
    page = browser.post("/messages/devices/", Device("https://evil.example/x").said, follow=True)

    assert "Messages cannot be sent to this push service." in page.content.decode()
    assert PushSubscription.objects.count() == 1


def test_removing_ends_it_and_only_mine(browser: Client, as_person: Callable) -> None:
    device = PushSubscription.objects.get()
    path = f"/messages/devices/{device.uuid}/remove/"

    assert as_person(make_reachable("other")).post(path).status_code == 404
    assert PushSubscription.objects.live().exists()
    assert browser.post(path).status_code == 302
    assert not PushSubscription.objects.live().exists()


def test_signing_out_ends_the_device_of_this_browser_alone(browser: Client, person: User, now: object) -> None:
    register_device(person=person, now=now, device="the other", **Device(f"{FCM}b").said)

    browser.post("/account/logout/")

    assert PushSubscription.objects.live().get().device == "the other"


def test_control_staying_signed_in_keeps_it(browser: Client) -> None:
    browser.post("/messages/choose/", {"wanted": []})

    assert PushSubscription.objects.live().exists()


def test_without_a_key_nothing_is_offered(person: User, as_person: Callable, settings: object) -> None:
    settings.VAPID_KEY_FILE = None

    page = as_person(person).get("/messages/").content.decode()

    assert "data-push-key" not in page
    assert "push.js" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_device_as_for_three(
    count: int, person: User, as_person: Callable, now: object, django_assert_max_num_queries: Callable
) -> None:
    for number in range(count):
        register_device(person=person, now=now, **Device(f"{FCM}{number}").said)
    client = as_person(person)

    with django_assert_max_num_queries(12):
        client.get("/messages/")
