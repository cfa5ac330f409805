"""A device belongs to the session in which it was added, of an app as of a browser, and is reached no longer."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import AccountSession, User
from accounts.services.credentials import end_with_password, forget_sessions
from accounts.services.people import confirm_address
from accounts.sessions import SessionStore
from notifications.models import PushSubscription
from notifications.services.delivery import deliver_due
from notifications.services.devices import register_device
from tests.accounts.entrance.phone import NEW_PASSWORD, Phone
from tests.kit.cast import PASSWORD
from tests.kit.push_device import Device
from tests.kit.push_sink import PushSink

pytestmark = pytest.mark.django_db

PATH = "/api/v1/me/devices/"
FCM = "https://fcm.googleapis.com/fcm/send/"


@pytest.fixture
def endpoint(push: PushSink) -> str:
    return push.url()


@pytest.fixture
def phone(person: User, endpoint: str, now: datetime) -> Phone:
    """Return an app whose device messages go to."""
    person.set_password(PASSWORD)
    person.save()
    confirm_address(person=person)
    phone = Phone()
    assert phone.post("/auth/login", email=person.email, password=PASSWORD).status_code == 200
    add(phone, endpoint)
    return phone


def add(phone: Phone, endpoint: str) -> None:
    device = Device(endpoint)
    said = {"endpoint": endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
    assert phone.call("POST", PATH, said).status_code == 201


def test_signing_out_of_an_app_ends_its_device_alone(phone: Phone, person: User, now: datetime) -> None:
    register_device(person=person, now=now, device="the other", **Device(f"{FCM}b").said)

    assert phone.call("DELETE", "/_allauth/app/v1/auth/session").status_code == 401

    assert PushSubscription.objects.live().get().device == "the other"
    assert PushSubscription.objects.exclude(ended_at=None).get().endpoint == ""


def test_a_new_password_made_in_the_app_keeps_its_device(phone: Phone, endpoint: str) -> None:
    said = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    before = phone.token

    assert phone.post("/account/password/change", **said).status_code == 200

    assert phone.token != before
    assert PushSubscription.objects.live().get(session=phone.token).endpoint == endpoint
    assert phone.me().status_code == 200


@pytest.mark.parametrize(
    "forget", [forget_sessions, lambda **_: call_command("clearsessions")], ids=["tick", "command"]
)
def test_whoever_was_not_here_for_long_is_reached_still(
    phone: Phone, endpoint: str, put: Callable, now: datetime, forget: Callable
) -> None:
    """Nobody ended their session. A new password ends the device, whoever signs in for that."""
    AccountSession.objects.update(expire_date=now)
    forget(now=now)
    assert phone.me().status_code == 401
    put()

    assert deliver_due(now=now, channel="push") == {"sent": 1}
    device = PushSubscription.objects.live().get()
    assert (device.session_id, device.endpoint) == (None, endpoint)
    end_with_password(person=device.person, kept=None, now=now)
    assert not PushSubscription.objects.live().exists()


def test_a_session_that_goes_between_is_over(phone: Phone, put: Callable, push: PushSink, now: datetime) -> None:
    put()
    AccountSession.objects.all().delete()

    assert deliver_due(now=now, channel="push") == {"suppressed": 1}
    assert push.posts == []


def test_control_while_the_session_goes_on_messages_come(phone: Phone, put: Callable, now: datetime) -> None:
    put()

    assert deliver_due(now=now, channel="push") == {"sent": 1}


def test_another_sign_in_on_the_same_device_takes_it_over(phone: Phone, endpoint: str, person: User) -> None:
    again = Phone()
    again.post("/auth/login", email=person.email, password=PASSWORD)
    add(again, endpoint)

    phone.call("DELETE", "/_allauth/app/v1/auth/session")

    assert PushSubscription.objects.live().get().session_id == again.token


def test_devices_of_browsers_from_before_are_tied_to_their_sessions(
    person: User, as_person: Callable, now: datetime
) -> None:
    register = {"person": person, "now": now}
    known = register_device(**register, **Device(f"{FCM}a").said)
    unknown = register_device(**register, **Device(f"{FCM}b").said)
    session = SessionStore(as_person(person).session.session_key)
    session["push_device"] = str(known.uuid)
    session.save()

    move = (
        MigrationExecutor(connection).loader.get_migration("notifications", "0006_device_of_a_session").operations[-1]
    )
    move.code(apps, None)

    tied = dict(PushSubscription.objects.values_list("pk", "session"))
    assert tied == {known.pk: session.session_key, unknown.pk: None}
