"""A session that is used while those of old age are forgotten goes on, with the device that hangs on it."""

from datetime import datetime, timedelta

import pytest

from accounts.models import AccountSession, User
from accounts.sessions import AGE, SessionStore, forget_of_old_age
from notifications.models import PushSubscription
from notifications.services.devices import register_device
from tests.faults.waiting import answered_once
from tests.kit.push_device import Device

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]


@pytest.fixture
def session(now: datetime) -> SessionStore:
    person = User.objects.create_user("ada@people.example")
    session = SessionStore()
    session.create()
    AccountSession.objects.update(person=person, expire_date=now - timedelta(seconds=1))
    register_device(person=person, now=now, session=session, **Device("https://fcm.googleapis.com/fcm/send/a").said)
    return session


@pytest.mark.parametrize("is_used", [True, False])
def test_one_that_is_used_meanwhile_keeps_its_device(session: SessionStore, now: datetime, is_used: bool) -> None:
    key, later = session.session_key, now + AGE

    answered_once(
        lambda: AccountSession.objects.filter(session_key=key).update(
            expire_date=later if is_used else now - timedelta(seconds=2)
        ),
        lambda: forget_of_old_age(now),
    )

    assert AccountSession.objects.filter(session_key=key).exists() is is_used
    assert PushSubscription.objects.live().get().session_id == (key if is_used else None)
