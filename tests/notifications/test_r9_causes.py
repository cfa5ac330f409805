"""Promise R9: decided when it would be sent; every cause by every channel → nothing leaves, and the reason is kept."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from groups.models import Event, Group, Membership, Rsvp
from notifications.models import Delivery, Notification, PushSubscription
from notifications.services.delivery import deliver_due
from notifications.services.outbox import notify
from notifications.services.preferences import set_wanted
from plans.models import Pause
from tests.kit.cast import Cast
from tests.kit.mail_sink import MailSink
from tests.kit.push_sink import PushSink
from tests.kit.world import make_event
from tests.notifications.conftest import add_device
from tests.reminders.conftest import follow

pytestmark = pytest.mark.django_db

CHANNELS = ["email", "push", "inbox"]


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now + timedelta(hours=2))


@pytest.fixture
def told(cast: Cast, event: Event, push: PushSink, sink: MailSink, now: datetime) -> User:
    """The member, who comes to the event, and is about to be reminded of it by mail, on a device and in the inbox."""
    member = cast.member
    EmailAddress.objects.update_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    rsvp = Rsvp.objects.create(event=event, person=member, status="going")
    add_device(member, push.url(), now)
    start = event.starts_at.isoformat()
    notify(
        person=member, kind="event_soon", about_id=str(rsvp.uuid), occurrence=start, dedupe_key="r9",
        now=now, expires_at=event.starts_at,
    )  # fmt: skip
    return member


type Cause = Callable[[User, Event, Cast, datetime], object]


def cancel(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Event.objects.update(status=Event.Status.CANCELLED)


def move(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Event.objects.update(starts_at=event.starts_at + timedelta(minutes=5))


def leave(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Group.objects.update(visibility="private")
    Membership.objects.filter(person=person).delete()


def be_banned(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Group.objects.update(visibility="private")
    Membership.objects.filter(person=person).update(banned_at=now)


def not_come(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Rsvp.objects.update(status="declined")


def close_the_account(person: User, event: Event, cast: Cast, now: datetime) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def expire(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Notification.objects.update(expires_at=now)


def lose_the_kind(person: User, event: Event, cast: Cast, now: datetime) -> None:
    Notification.objects.update(kind="of long ago")


EVERYWHERE: list[tuple[Cause, str]] = [
    (cancel, "event_cancelled"),
    (move, "event_moved"),
    (leave, "not_visible"),
    (be_banned, "not_visible"),
    (not_come, "not_going"),
    (close_the_account, "account_closed"),
    (expire, "expired"),
    (lose_the_kind, "unknown_kind"),
]


def outcome(channel: str, now: datetime) -> tuple[str, str]:
    deliver_due(now=now, channel=channel)
    row = Delivery.objects.get(channel=channel)
    return row.state, row.reason


@pytest.mark.parametrize("channel", CHANNELS)
def test_control_with_nothing_in_the_way_it_is_sent(
    channel: str, told: User, push: PushSink, sink: MailSink, now: datetime
) -> None:
    assert outcome(channel, now) == ("sent", "")
    assert (len(sink.mails), len(push.posts)) == (int(channel == "email"), int(channel == "push"))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("cause", "reason"), EVERYWHERE, ids=lambda value: getattr(value, "__name__", ""))
def test_what_happened_since_holds_it_back(
    cause: Cause, reason: str, channel: str, told: User, event: Event, cast: Cast, push: PushSink, sink: MailSink,
    now: datetime,
) -> None:  # fmt: skip
    cause(told, event, cast, now)

    state, found = outcome(channel, now)

    assert (state, found) == ("suppressed", reason)
    assert (sink.attempts, push.posts) == (0, [])


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_pause_silences_every_channel(
    channel: str, told: User, push: PushSink, sink: MailSink, now: datetime
) -> None:
    enrollment = follow(told, (now.weekday(), time(9, 55)))
    Pause.objects.create(person=told, reason="travel", starts_on=now.date(), ends_on=now.date() + timedelta(days=2))
    Notification.objects.update(kind="session_cue", about_id=str(enrollment.uuid), occurrence=now.date().isoformat())

    assert outcome(channel, now) == ("suppressed", "paused")
    assert (sink.attempts, push.posts) == (0, [])


@pytest.mark.parametrize("stopped", CHANNELS)
def test_a_kind_is_stopped_by_channel(stopped: str, told: User, now: datetime) -> None:
    set_wanted(person=told, kind="event_soon", is_wanted=False, now=now, channel=stopped)

    found = {channel: outcome(channel, now) for channel in CHANNELS}

    assert found == {
        channel: ("suppressed", "not_wanted") if channel == stopped else ("sent", "") for channel in CHANNELS
    }


def unverify(person: User, now: datetime) -> None:
    EmailAddress.objects.filter(user=person).update(verified=False)


def take_the_device_away(person: User, now: datetime) -> None:
    PushSubscription.objects.update(ended_at=now)


def delete_the_device(person: User, now: datetime) -> None:
    PushSubscription.objects.all().delete()


@pytest.mark.parametrize(
    ("cause", "channel", "reason"),
    [
        (unverify, "email", "address_unverified"),
        (take_the_device_away, "push", "no_device"),
        (delete_the_device, "push", "no_device"),
    ],
)
def test_what_is_in_the_way_of_one_channel_stops_no_other(
    cause: Any, channel: str, reason: str, told: User, now: datetime
) -> None:
    cause(told, now)

    found = {each: outcome(each, now) for each in CHANNELS}

    assert found == {each: ("suppressed", reason) if each == channel else ("sent", "") for each in CHANNELS}


@pytest.mark.parametrize("channel", CHANNELS)
def test_erased_with_the_person(channel: str, told: User, push: PushSink, sink: MailSink, now: datetime) -> None:
    told.delete()

    assert deliver_due(now=now, channel=channel) == {}
    assert (sink.attempts, push.posts, PushSubscription.objects.count()) == (0, [], 0)
