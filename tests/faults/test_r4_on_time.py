"""Promise R4: on time under a usual load; a worker that is killed costs seconds, and not the visibility timeout."""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from time import sleep

import pytest
from django.db.models import Min

from core import clock
from notifications.models import Delivery, Tick
from notifications.services.ticks import PLANNED
from tests.faults.celery_scene import BEAT, WORKER, OwnRedis, celery, running, until
from tests.faults.reminder_scene import lateness, make_due, percentile
from tests.kit.mail_sink import MailSink

pytestmark = [
    pytest.mark.locks,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server"),
]

PEOPLE = int(os.environ.get("R4_PEOPLE", "60"))
OVER = timedelta(seconds=float(os.environ.get("R4_SECONDS", "10")))  # they come due one after the other for so long
# Seconds, of the 95th of a hundred. `bench.faults` asks for the 30 that are promised; here the machine may be busy.
ON_TIME, AFTER_A_DEATH = int(os.environ.get("R4_ON_TIME", "120")), 120
TIME = 240  # patience with a busy machine
DEPLOYED = ["worker", "--concurrency", "2", "--loglevel", "error"]
LONG_LEASES = [sys.executable, "-m", "tests.faults.celery_with_long_leases", *WORKER]

type Note = Callable[[MailSink], tuple[int, int, float]]


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    """Return a function that notes the figures for `bench.faults`, and returns lost, told apart, and p95."""

    def write(sink: MailSink) -> tuple[int, int, float]:
        copies = Counter(mail.recipients[0] for mail in sink.mails)
        ids = {(mail.recipients[0], mail.message["Message-ID"]) for mail in sink.mails}
        late, lost = lateness("sent_at"), PEOPLE - len(copies)
        p95, doubled = percentile(late, 0.95), sum(count > 1 for count in copies.values())
        figures = {"due": PEOPLE, "lost": lost, "doubled": doubled, "p95": f"{p95:.0f} s", "last": f"{late[-1]:.0f} s"}
        record_property("figures", figures)
        return lost, len(ids) - len(copies), p95

    return write


def all_sent() -> bool:
    return Delivery.objects.filter(state="sent", channel="email").count() == PEOPLE


def has_planned() -> bool:
    return Tick.objects.filter(name=PLANNED).exists()


def test_a_usual_load_is_on_time(sink: MailSink, redis: OwnRedis, note: Note) -> None:
    with celery(*DEPLOYED, redis_url=redis.url, sink=sink), celery(*BEAT, redis_url=redis.url, sink=sink):
        assert until(has_planned, seconds=TIME)
        make_due(PEOPLE, is_planned=False, over=OVER)
        assert until(all_sent, seconds=TIME)

    lost, told_apart, p95 = note(sink)
    assert (lost, told_apart) == (0, 0)
    assert p95 <= ON_TIME


def test_one_worker_is_killed_and_another_goes_on(sink: MailSink, redis: OwnRedis, note: Note) -> None:
    """What the dead one held comes when its lease runs out; the one on its way may come twice, recognisably."""
    with (
        celery(*BEAT, redis_url=redis.url, sink=sink),
        celery(*WORKER, redis_url=redis.url, sink=sink) as victim,
    ):
        assert until(has_planned, seconds=TIME)
        sink.delay = 0.5  # so that it holds some when it dies
        make_due(PEOPLE, is_planned=False, over=OVER)
        assert until(lambda: len(sink.mails) >= 2, seconds=TIME)
        victim.kill()
        sink.delay = 0
        with celery(*WORKER, redis_url=redis.url, sink=sink):
            assert until(all_sent, seconds=TIME)

    lost, told_apart, p95 = note(sink)
    assert (lost, told_apart) == (0, 0)
    assert p95 <= AFTER_A_DEATH


def test_control_with_leases_that_outlast_the_dead_its_messages_are_late(sink: MailSink, redis: OwnRedis) -> None:
    make_due(PEOPLE)
    sink.delay = 0.5
    with celery(*BEAT, redis_url=redis.url, sink=sink):
        with running(LONG_LEASES, redis_url=redis.url, sink=sink) as victim:
            assert until(lambda: len(sink.mails) >= 2, seconds=TIME)
            victim.kill()
            victim.wait()
        sink.delay = 0
        sleep(1)
        held = Delivery.objects.filter(channel="email", state="pending", leased_until__gt=clock.now())
        count = held.count()
        with celery(*WORKER, redis_url=redis.url, sink=sink):
            assert until(lambda: len(sink.mails) >= PEOPLE - count, seconds=TIME)

    assert held.count() == count > 0
    free_in = held.aggregate(first=Min("leased_until"))["first"] - clock.now()
    assert free_in > timedelta(seconds=AFTER_A_DEATH)
