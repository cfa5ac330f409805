"""Promise V2: PostgreSQL dies in the middle of sending; everything goes on by itself, nothing is lost.

The site as deployed (gunicorn, a worker of two processes, beat), against a server of the test's own that is ended at
once and started again.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.faults.celery_scene import BEAT, OwnRedis, celery, running, until
from tests.faults.postgres_scene import OwnPostgres, own_postgres, programs
from tests.faults.reminder_scene import make_due
from tests.kit.mail_sink import MailSink, free_port

pytestmark = [
    pytest.mark.locks,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server"),
    pytest.mark.skipif(programs() is None, reason="needs initdb, which is not installed"),
]

PEOPLE = int(os.environ.get("V2_PEOPLE", "150"))
WAITS_FOR_LEASES = "V2_PEOPLE" in os.environ  # `bench.faults`; CI does not spend the minute that a lease takes
SENDERS = 2
WORKER = ["worker", "--concurrency", str(SENDERS), "--loglevel", "critical"]
BACK_WITHIN = 5.0  # seconds after the server is back
DOWN_IN_CONTROL = 16.5  # seconds: the pool of the control looks after 1, 3, 7, 15 and 31
WITHOUT = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings_without_recovery", "WEB_CONCURRENCY": "1"}  # one pool
TIME = 180
NOBODY = "redis://127.0.0.1:1/0"


@dataclass
class Probe:
    """Asks a page again and again: (when, how long it took, status); no answer is 0."""

    address: str
    answers: list[tuple[float, float, int]] = field(default_factory=list)

    def ask(self) -> int:
        started = monotonic()
        status = status_of(self.address)
        self.answers.append((started, monotonic() - started, status))
        return status

    def first_ok_after(self, moment: float) -> float:
        """Return how long after the moment somebody first heard that all is well."""
        heard = [at + took for at, took, status in self.answers if status == 200]
        return min((when - moment for when in heard if when > moment), default=float("inf"))


def status_of(address: str) -> int:
    try:
        with urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return int(error.code)
    except (OSError, HTTPException):
        return 0


@contextmanager
def asking(*probes: Probe) -> Iterator[None]:
    """Let each probe ask all the time, one question at a time."""
    is_over = Event()

    def go_on(probe: Probe) -> None:
        while not is_over.wait(0.1):
            probe.ask()

    threads = [Thread(target=go_on, args=[probe], daemon=True) for probe in probes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join(timeout=15)


@contextmanager
def deployed(postgres: OwnPostgres, redis_url: str, sink: MailSink, port: int, **more: str) -> Iterator[None]:
    """Run web, and return once the site is ready."""
    web = [sys.executable, "-m", "gunicorn", "--log-level", "critical"]
    where = {"DATABASE_URL": postgres.url, "DATABASE_POOL": "8", "PORT": str(port)}
    with running(web, redis_url=redis_url, sink=sink, **where, **more):
        assert until(lambda: status_of(f"http://127.0.0.1:{port}/readyz") == 200, seconds=TIME)
        yield


@contextmanager
def sending(postgres: OwnPostgres, redis: OwnRedis, sink: MailSink) -> Iterator[None]:
    where = {"redis_url": redis.url, "sink": sink, "DATABASE_URL": postgres.url}
    with celery(*WORKER, **where), celery(*BEAT, **where):
        yield


@pytest.fixture
def sink(sink: MailSink) -> MailSink:
    sink.delay = 0.05
    return sink


def waiting(postgres: OwnPostgres) -> int:
    return int(
        postgres.rows("SELECT count(*) FROM notifications_delivery WHERE channel='email' AND state='pending'")[0][0]
    )


def test_it_dies_in_the_middle_and_comes_back(
    sink: MailSink, redis: OwnRedis, record_property: Callable[[str, object], None]
) -> None:
    make_due(PEOPLE)
    port = free_port()
    alive, ready = (Probe(f"http://127.0.0.1:{port}/{name}") for name in ("healthz", "readyz"))
    with (
        own_postgres() as postgres,
        deployed(postgres, redis.url, sink, port),
        sending(postgres, redis, sink),
        asking(alive, ready),
    ):
        assert until(lambda: len(sink.mails) > PEOPLE / 10, seconds=TIME)
        postgres.stop()
        assert until(lambda: ready.answers[-1][2] == 503, seconds=20), "readiness does not notice"
        before = len(sink.mails)
        assert before < PEOPLE, "all were sent before it died"
        postgres.start()
        back = monotonic()
        assert until(lambda: len(sink.mails) > before, seconds=TIME)
        again = sink.mails[before].at - back
        if not WAITS_FOR_LEASES:
            postgres.do("UPDATE notifications_delivery SET leased_until = NULL WHERE state = 'pending'")
        assert until(lambda: waiting(postgres) == 0, seconds=TIME)

    copies = Counter(mail.recipients[0] for mail in sink.mails)
    ids = {(mail.recipients[0], mail.message["Message-ID"]) for mail in sink.mails}
    doubled = sum(count > 1 for count in copies.values())
    slowest = max(took for _at, took, _status in alive.answers)
    figures = {
        "due": PEOPLE, "lost": PEOPLE - len(copies), "doubled": doubled, "sends again after": f"{again:.1f} s",
        "ready after": f"{ready.first_ok_after(back):.1f} s", "slowest sign of life": f"{slowest:.1f} s",
    }  # fmt: skip
    record_property("figures", figures)
    assert len(copies) == len(ids) == PEOPLE
    assert doubled <= SENDERS  # those on their way, with the same Message-ID
    assert {status for *_, status in alive.answers} == {200}
    assert ready.first_ok_after(back) <= BACK_WITHIN
    assert again <= BACK_WITHIN


def test_control_with_a_pool_that_waits_longer_each_time_the_site_is_late(
    sink: MailSink, record_property: Callable[[str, object], None]
) -> None:
    port = free_port()
    ready = Probe(f"http://127.0.0.1:{port}/readyz")
    with own_postgres() as postgres, deployed(postgres, NOBODY, sink, port, **WITHOUT), asking(ready):
        late = max(_late_after_an_absence(postgres, ready) for _ in range(4))  # it may come back just before a try

    record_property("figures", {"ready after": f"{late:.1f} s"})
    assert late > BACK_WITHIN


def _late_after_an_absence(postgres: OwnPostgres, ready: Probe) -> float:
    postgres.stop("fast")  # so that it starts in no time
    sleep(DOWN_IN_CONTROL)
    postgres.start()
    back = monotonic()
    until(lambda: ready.answers[-1][2] == 200, seconds=2 * BACK_WITHIN)
    return ready.first_ok_after(back)
