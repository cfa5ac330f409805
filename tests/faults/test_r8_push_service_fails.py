"""Promise R8, pushes: a push service that refuses, breaks or hangs delays nobody who is reached by another one."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from notifications.channels.push import PushLine
from notifications.models import PushSubscription
from notifications.push import connection
from notifications.services import delivery, marks
from tests.faults.provider_scene import (
    AILING,
    ALL_TRIES,
    EACH,
    ON_TIME,
    WELL,
    WITHIN,
    Scene,
    claim_few,
    people_of,
    tell,
)
from tests.kit.push_sink import BROKEN, GONE, NOT_FOUND, Answer, PushSink, running_push_sink
from tests.notifications.conftest import add_device, kind_of

__all__ = ["kind_of"]
pytestmark = pytest.mark.django_db(transaction=True)

WAIT = timedelta(minutes=10)
SILENT_AFTER = float(os.environ.get("R8_SILENT_AFTER", "1"))  # seconds; deployed it is 5, and `bench.faults` takes that
TURN = timedelta(seconds=5 * SILENT_AFTER)
SOON = timedelta(seconds=6 * SILENT_AFTER)  # 30 s as deployed


@pytest.fixture
def well() -> Iterator[PushSink]:
    with running_push_sink() as running:
        yield running


@pytest.fixture
def ailing() -> Iterator[PushSink]:
    with running_push_sink() as running:
        yield running


@pytest.fixture
def scene(
    well: PushSink,
    ailing: PushSink,
    kind_of: Callable[..., object],
    now: datetime,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    """Half of the people have a browser whose push service ails."""
    claim_few(monkeypatch)
    kind_of(is_bulk=False)
    settings.PUSH_SINKS = [well.url(""), ailing.url("")]
    pairs = list(zip(people_of(AILING, now), people_of(WELL, now), strict=True))
    for one, other in pairs:
        add_device(one, ailing.url(f"/{one.pk}"), now)
        add_device(other, well.url(f"/{other.pk}"), now)
    tell(pairs, key="one", now=now)
    return Scene(now, "push", now)


@pytest.fixture
def note(record_property: Callable[[str, object], None], well: PushSink) -> Callable[[Scene], None]:
    return lambda scene: record_property("figures", scene.figures(copies(well)))


def copies(sink: PushSink) -> list[int]:
    return list(Counter(post.path for post in sink.posts).values())


def assert_others_are_on_time(scene: Scene, well: PushSink, within: timedelta = WITHIN) -> None:
    assert scene.is_on_time(within), (scene.unsent(), scene.fates())
    assert copies(well) == [1] * EACH


@pytest.mark.parametrize("asked", [int(WAIT.total_seconds()), "date"], ids=["seconds", "date"])
def test_too_many_and_it_says_how_long_to_wait(
    asked: int | str, scene: Scene, well: PushSink, ailing: PushSink, now: datetime, note: Callable
) -> None:
    retry_after = (now + WAIT).strftime("%a, %d %b %Y %H:%M:%S GMT") if asked == "date" else asked
    ailing.default = Answer(429, retry_after=retry_after)
    scene.live(ON_TIME)
    ailing.default = Answer(201)

    scene.live(WAIT - ON_TIME - timedelta(minutes=1))
    assert copies(ailing) == [1] * EACH, "somebody came too early"
    scene.live(WAIT / 4)

    note(scene)
    assert_others_are_on_time(scene, well)
    assert scene.fates() == {("sent", ""): EACH}


@pytest.mark.parametrize("answer", [NOT_FOUND, GONE], ids=["404", "410"])
def test_gone_ends_the_device(
    answer: Answer, scene: Scene, well: PushSink, ailing: PushSink, now: datetime, note: Callable
) -> None:
    ailing.default = answer

    scene.live(ON_TIME)

    note(scene)
    assert_others_are_on_time(scene, well)
    assert scene.fates() == {("suppressed", "device_gone"): EACH}
    assert PushSubscription.objects.live().count() == EACH
    tell([(row.notification.person,) * 2 for row in scene.of(AILING)[:1]], key="two", now=scene.now)
    scene.live(ON_TIME)
    assert copies(ailing) == [1] * EACH, "who is gone was asked again"


def test_broken(scene: Scene, well: PushSink, ailing: PushSink, note: Callable) -> None:
    ailing.default = BROKEN

    scene.live(ALL_TRIES)

    note(scene)
    assert_others_are_on_time(scene, well)
    assert scene.fates() == {("dead", "push_500"): EACH}
    assert copies(ailing) == [8] * EACH


def silent(ailing: PushSink, monkeypatch: pytest.MonkeyPatch) -> None:
    ailing.default = Answer(503, delay=SILENT_AFTER * 1.5)
    monkeypatch.setattr(connection, "TIMEOUT", SILENT_AFTER)
    monkeypatch.setattr(delivery, "TURN", TURN)


def test_hanging(
    scene: Scene, well: PushSink, ailing: PushSink, note: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent(ailing, monkeypatch)

    scene.live(ON_TIME)

    note(scene)
    assert_others_are_on_time(scene, well, within=SOON)
    assert {state for state, _reason in scene.fates()} == {"pending"}
    assert {reason for _state, reason in scene.fates()} == {"no_answer", "provider_unreachable"}


class NeverFull(set[str]):
    """Forgets at once."""

    def add(self, _element: str) -> None: ...


class Forgetful(PushLine):
    """Asks a service that did not answer again and again within a turn."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._away = NeverFull()


def test_control_asked_again_and_again_a_hanging_one_makes_others_late(
    scene: Scene, ailing: PushSink, note: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent(ailing, monkeypatch)
    monkeypatch.setitem(delivery.LINES, "push", Forgetful)

    scene.live(SOON)

    note(scene)
    assert not scene.is_on_time(SOON)


def test_control_without_pauses_and_an_end_to_them_others_are_late(
    scene: Scene, ailing: PushSink, note: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "pause_after", lambda _tries: timedelta())
    monkeypatch.setattr(marks, "UNREACHABLE_PAUSE", timedelta())
    monkeypatch.setattr(marks, "TRIES", 10**6)
    monkeypatch.setattr(delivery, "TURN", timedelta(seconds=1))
    ailing.default = BROKEN

    scene.live(ON_TIME)

    note(scene)
    assert not scene.is_on_time()


def test_control_with_deaf_ears_it_comes_before_it_may(
    scene: Scene, ailing: PushSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.channels.push.wait_of", lambda *_, **__: timedelta())
    ailing.default = Answer(429, retry_after=int(WAIT.total_seconds()))

    scene.live(timedelta(minutes=3))

    assert max(copies(ailing)) > 1
