"""From the outbox to a real push service: what the device reads, who signed it, and how each answer ends."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from accounts.models import User
from notifications.kinds import Content, Kind
from notifications.models import Delivery, Notification, PushSubscription
from notifications.push import vapid
from notifications.services.delivery import deliver_due
from tests.kit.push_device import Device, claims_of
from tests.kit.push_sink import BROKEN, GONE, NOT_FOUND, Answer, PushSink
from tests.notifications.conftest import add_device, by

pytestmark = pytest.mark.django_db

PUSH = Delivery.Channel.PUSH
Put = Callable[..., Delivery]


def send(now: datetime) -> dict[str, int]:
    return dict(deliver_due(now=now, channel=PUSH))


def test_the_device_alone_reads_it_and_the_site_signed_it(
    device: Device, put: Put, push: PushSink, now: datetime
) -> None:
    put(expires_at=now + timedelta(hours=2))

    assert send(now) == {"sent": 1}

    (post,) = push.posts
    said = device.read(post)
    assert said == {
        "title": "It is the time you chose",
        "body": "The small version counts too. Not today is fine as well.",
        "url": "/", "tag": post.headers["topic"], "language": "en",
    }  # fmt: skip
    claims, key = claims_of(post)
    assert claims["aud"] == push.url("")
    assert claims["sub"].startswith("mailto:")
    assert now.timestamp() < claims["exp"] <= (now + timedelta(days=1)).timestamp()
    assert key == vapid.public_key()
    assert b"time you chose" not in post.body
    with pytest.raises(Exception, match=r"(?i)decrypt|tag|invalid"):
        Device(device.endpoint).read(post)  # control: another device's key opens nothing


def test_the_push_service_is_told_how_long_how_urgent_and_what_it_replaces(
    device: Device, put: Put, push: PushSink, now: datetime, kind_of: Callable[..., Kind]
) -> None:
    put("a", expires_at=now + timedelta(minutes=7))
    put("b")
    put("c", about_id="2")
    kind_of("urgent", waits_for_morning=False, is_bulk=False)
    put("d", kind="urgent")

    assert send(now) == {"sent": 4}

    d, a, b, c = (post.headers for post in push.posts)
    assert (a["ttl"], b["ttl"]) == ("420", "86400") or int(a["ttl"]) in {418, 419}
    assert (a["urgency"], d["urgency"]) == ("normal", "high")
    assert a["topic"] == b["topic"] != c["topic"]
    assert all(len(headers["topic"]) == 32 and headers["content-encoding"] == "aes128gcm" for headers in (a, b, c, d))


def test_a_message_is_small_and_in_the_language_of_its_person(
    device: Device, person: User, put: Put, push: PushSink, now: datetime, kind_of: Callable[..., Kind]
) -> None:
    User.objects.update(language="zh-hans")
    kind_of(
        "long",
        template="groups/mail/host_message",
        prepare=lambda *_: Content({"group": "晨" * 900, "event": None, "words": "很" * 9000}, "/groups/" + "x" * 900),
    )
    put(kind="long")

    assert send(now) == {"sent": 1}

    said = device.read(push.posts[0])
    assert said["language"] == "zh-hans"
    assert said["url"] == "/"
    assert len(said["title"]) <= 120
    assert len(push.posts[0].body) < 3000


@pytest.mark.parametrize("answer", [Answer(200), Answer(201), Answer(202)])
def test_taken(answer: Answer, device: Device, put: Put, push: PushSink, now: datetime) -> None:
    put()
    push.will(answer)

    assert send(now) == {"sent": 1}
    assert by(PUSH).state == Delivery.State.SENT
    assert PushSubscription.objects.get().last_used_at is not None


@pytest.mark.parametrize("answer", [NOT_FOUND, GONE])
def test_a_device_that_is_gone_is_forgotten(
    answer: Answer, device: Device, put: Put, push: PushSink, now: datetime
) -> None:
    put()
    put("two")
    push.will(answer)

    assert send(now) == {"suppressed": 2}

    assert (by(PUSH).reason, by(PUSH, "two").reason) == ("device_gone", "no_device")
    ended = PushSubscription.objects.get()
    assert ended.ended_at is not None
    assert (ended.endpoint, ended.p256dh, ended.auth) == ("", "", "")
    assert len(push.posts) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True])
def test_the_service_is_left_alone_for_as_long_as_it_asks(
    status: int, as_date: bool, device: Device, put: Put, push: PushSink, now: datetime
) -> None:
    put()
    until = now + timedelta(hours=3)
    push.will(Answer(status, format_datetime(until, usegmt=True) if as_date else 3 * 3600))

    assert send(now) == {"failed": 1}

    assert (by(PUSH).reason, by(PUSH).attempts) == (f"push_{status}", 1)
    assert until <= by(PUSH).next_attempt_at <= until + timedelta(minutes=20)
    assert send(until - timedelta(seconds=1)) == {}
    assert send(until + timedelta(minutes=20)) == {"sent": 1}


def test_other_answers_are_tried_again_eight_times(device: Device, put: Put, push: PushSink, now: datetime) -> None:
    put()
    push.default = BROKEN

    outcomes = [send(now + timedelta(days=n)) for n in range(9)]

    assert outcomes == [{"failed": 1}] * 7 + [{"dead": 1}, {}]
    assert (by(PUSH).state, by(PUSH).reason, by(PUSH).attempts) == (Delivery.State.DEAD, "push_500", 8)


def test_a_redirect_is_not_followed(device: Device, put: Put, push: PushSink, now: datetime) -> None:
    put()
    push.will(Answer(307, location=push.url("/elsewhere")))

    assert send(now) == {"failed": 1}
    assert [post.path for post in push.posts] == ["/push/one"]


def test_a_service_that_does_not_answer_costs_nobody_a_try(
    device: Device, put: Put, push: PushSink, now: datetime, settings: object
) -> None:
    put()
    settings.PUSH_SINKS = ["http://127.0.0.1:1"]
    PushSubscription.objects.update(endpoint="http://127.0.0.1:1/push/one")

    assert send(now) == {"unreachable": 1}
    assert (by(PUSH).state, by(PUSH).attempts, by(PUSH).lease_id) == (Delivery.State.PENDING, 0, None)


def test_a_service_that_says_nothing_is_asked_once_a_turn(
    device: Device, person: User, put: Put, push: PushSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.push.connection.TIMEOUT", 0.2)
    for key in ("a", "b", "c"):
        put(key)
    push.default = Answer(201, delay=0.6)

    assert send(now) == {"failed": 1, "unreachable": 2}
    assert len(push.posts) == 1


def test_each_live_device_gets_its_own(person: User, push: PushSink, put: Put, now: datetime) -> None:
    one, two = (add_device(person, push.url(f"/push/{n}"), now) for n in "12")
    put()
    Notification.objects.update(occurrence="again")

    assert send(now) == {"sent": 2}

    posts = {post.path: post for post in push.posts}
    assert one.read(posts["/push/1"]) == two.read(posts["/push/2"])


def test_without_a_key_nothing_is_sent(
    device: Device, put: Put, push: PushSink, now: datetime, settings: object
) -> None:
    put()
    settings.VAPID_KEY_FILE = None

    assert send(now) == {"suppressed": 1}
    assert by(PUSH).reason == "push_off"
    assert push.posts == []
