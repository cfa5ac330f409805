"""Promise R8, mails: a server that refuses, drops or is slow towards some delays nobody else."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from notifications.models import Delivery
from notifications.services import marks
from notifications.services.replay import replay
from tests.faults.provider_scene import (
    AILING,
    ALL_TRIES,
    EACH,
    ON_TIME,
    WELL,
    Scene,
    claim_few,
    copies_of,
    people_of,
    tell,
)
from tests.kit.mail_sink import MailSink, Reply
from tests.notifications.conftest import kind_of, sink

__all__ = ["kind_of", "sink"]
pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-the-operator"
TRIES = 8


@pytest.fixture
def scene(sink: MailSink, kind_of: Callable[..., object], now: datetime, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Half of the people have their mailbox where the server ails."""
    claim_few(monkeypatch)
    kind_of(is_bulk=False)
    tell(zip(people_of(AILING, now), people_of(WELL, now), strict=True), key="one", now=now)
    return Scene(now, "email", now)


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Callable[[Scene, MailSink], None]:
    return lambda scene, sink: record_property("figures", scene.figures(copies_of(sink)))


def dead_letters(client: Client, settings: Any) -> float:
    """Return what the alarm of docs/alerts.yml looks at."""
    settings.METRICS_TOKEN = TOKEN
    page = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    return float(page.split('mindmove_dead_letters{channel="email"} ')[1].split()[0])


def assert_others_are_on_time(scene: Scene, sink: MailSink) -> None:
    assert scene.is_on_time(), (scene.unsent(), scene.fates())
    assert copies_of(sink) == [1] * EACH


@pytest.mark.parametrize(("reply", "reason"), [(Reply.TEMPORARY, "smtp_451"), (Reply.DROP, "connection_lost")], ids=str)
def test_refused_for_now_or_dropped(
    reply: Reply, reason: str, scene: Scene, sink: MailSink, client: Client, settings: Any, note: Callable
) -> None:
    """Tried again after pauses that grow and differ, given up after eight tries, and then the alarm is raised."""
    sink.towards = {AILING: reply}
    scene.live(timedelta(minutes=30))
    assert dead_letters(client, settings) == 0
    scene.live(ALL_TRIES)

    note(scene, sink)
    assert_others_are_on_time(scene, sink)
    assert scene.fates() == {("dead", reason): EACH}
    assert {count for address, count in sink.tries.items() if address.endswith(AILING)} == {TRIES}
    assert dead_letters(client, settings) == EACH
    for tried in scene.tries.values():
        pauses = [later - earlier for earlier, later in itertools.pairwise(tried)]
        assert [pause > timedelta(minutes=2**n) * 0.7 for n, pause in enumerate(pauses[:6])] == [True] * 6
    assert len({tried[1] for tried in scene.tries.values()}) > 2, "all came back at once"

    sink.towards = {}
    replay(deliveries=[row.pk for row in scene.of(AILING)], now=scene.now)
    scene.live(ON_TIME)
    assert scene.fates() == {("sent", ""): EACH}


def test_refused_for_good(scene: Scene, sink: MailSink, client: Client, settings: Any, note: Callable) -> None:
    sink.towards = {AILING: Reply.PERMANENT}

    scene.live(ON_TIME)

    note(scene, sink)
    assert_others_are_on_time(scene, sink)
    assert scene.fates() == {("dead", "smtp_550"): EACH}
    assert {count for address, count in sink.tries.items() if address.endswith(AILING)} == {1}
    assert dead_letters(client, settings) == EACH


def test_greylisted_come_again(scene: Scene, sink: MailSink, note: Callable) -> None:
    sink.towards = {AILING: Reply.GREYLIST}

    scene.live(timedelta(minutes=2))

    note(scene, sink)
    assert_others_are_on_time(scene, sink)
    assert scene.fates() == {("sent", ""): EACH}
    assert all(row.sent_at - scene.due_at >= marks.FIRST_PAUSE * 0.75 for row in scene.of(AILING))


def test_slow(scene: Scene, sink: MailSink, note: Callable) -> None:
    sink.delays = {AILING: 6 / EACH}

    scene.live(ON_TIME)

    note(scene, sink)
    assert_others_are_on_time(scene, sink)
    assert scene.fates() == {("sent", ""): EACH}


def test_control_without_pauses_and_an_end_to_them_others_are_late(
    scene: Scene, sink: MailSink, note: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is tried again at once, for ever, comes before everybody else."""
    monkeypatch.setattr(marks, "pause_after", lambda _tries: timedelta())
    monkeypatch.setattr(marks, "UNREACHABLE_PAUSE", timedelta())
    monkeypatch.setattr(marks, "TRIES", 10**6)
    monkeypatch.setattr("notifications.services.delivery.TURN", timedelta(seconds=1))
    sink.towards = {AILING: Reply.TEMPORARY}

    scene.live(ON_TIME)

    note(scene, sink)
    assert not scene.is_on_time()
    assert scene.unsent() > 0


def test_control_without_jitter_all_come_back_at_once(
    scene: Scene, sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "_spread", lambda pause: pause)
    sink.towards = {AILING: Reply.TEMPORARY}

    scene.live(timedelta(minutes=2))

    assert Delivery.objects.filter(state="pending", attempts=2).count() == EACH
    assert len({tried[1] for tried in scene.tries.values()}) <= 2
