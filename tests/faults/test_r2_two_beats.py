"""Promise R2 with real processes: two beats, three planners, one of each killed: a minute late at most, each once."""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest

from notifications.models import Delivery, Notification, Tick
from notifications.services.ticks import PLANNED
from tests.faults.celery_scene import WORKER, OwnRedis, celery, until
from tests.faults.reminder_scene import lateness, make_due
from tests.kit.mail_sink import MailSink

pytestmark = [
    pytest.mark.locks,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server"),
]

PEOPLE = int(os.environ.get("R2_BEATS_PEOPLE", "60"))
OVER = timedelta(seconds=float(os.environ.get("R2_BEATS_SECONDS", "16")))
PLANNERS, MOST_LATE = 3, 60
START, TIME = 120, 180  # seconds of patience with a busy machine


def beat(folder: Path) -> list[str]:
    """Return the beat as it is deployed."""
    return [
        "beat", "--scheduler", "mindmove.liveness:LiveScheduler", "--schedule", str(folder / "beat"), "--pidfile=",
        "--loglevel", "error",
    ]  # fmt: skip


def test_two_beats_three_planners_one_of_each_killed(
    sink: MailSink, redis: OwnRedis, tmp_path_factory: pytest.TempPathFactory, record_property: Callable
) -> None:
    with ExitStack() as stack:
        beats, planners = (
            [stack.enter_context(celery(*words, redis_url=redis.url, sink=sink)) for words in kind]
            for kind in ([beat(tmp_path_factory.mktemp("beat")) for _ in range(2)], [WORKER] * PLANNERS)
        )
        assert until(lambda: Tick.objects.filter(name=PLANNED).exists(), seconds=START)
        make_due(PEOPLE, is_planned=False, over=OVER)
        sleep(OVER.total_seconds() / 2)
        beats[0].kill()
        planners[0].kill()
        assert until(lambda: Delivery.objects.filter(channel="email", state="sent").count() == PEOPLE, seconds=TIME)

    copies = Counter(mail.recipients[0] for mail in sink.mails)
    ids = {(mail.recipients[0], mail.message["Message-ID"]) for mail in sink.mails}
    doubled, planned = sum(count > 1 for count in copies.values()), lateness("notification__created_at")
    late = {"planned late": f"{planned[-1]:.0f} s", "sent late": f"{lateness('sent_at')[-1]:.0f} s"}
    record_property("figures", {"due": PEOPLE, "lost": PEOPLE - len(copies), "doubled": doubled, **late})
    assert Notification.objects.count() == len(copies) == len(ids) == PEOPLE
    assert doubled <= 1  # the one that the killed one had on its way, with the same Message-ID
    assert planned[-1] <= MOST_LATE


def test_control_without_the_second_beat_nothing_is_planned(sink: MailSink, redis: OwnRedis, tmp_path: Path) -> None:
    with (
        celery(*beat(tmp_path), redis_url=redis.url, sink=sink) as only,
        celery(*WORKER, redis_url=redis.url, sink=sink),
    ):
        assert until(lambda: Tick.objects.filter(name=PLANNED).exists(), seconds=START)
        only.kill()
        make_due(PEOPLE, is_planned=False)

        assert not until(Notification.objects.exists, seconds=20)
