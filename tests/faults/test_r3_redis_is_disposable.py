"""Promise R3, the part of reminders: Redis wiped, frozen or gone, nothing is lost and it catches up by itself."""

import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import Max, Min

from notifications.models import Delivery, Notification
from tests.faults.celery_scene import BEAT, WORKER, OwnRedis, celery, running, until
from tests.faults.reminder_scene import make_due
from tests.kit.mail_sink import MailSink

pytestmark = [
    pytest.mark.locks,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server"),
]

PEOPLE = int(os.environ.get("R3_PEOPLE", "30"))
TIME = 180 + PEOPLE / 10  # patience with a busy machine; what must be quick says so itself


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Callable[[MailSink], None]:
    """Return a function that notes the figures for the table of `bench.faults`."""

    def write(sink: MailSink) -> None:
        lost, doubled = lost_and_doubled(sink)
        last = Delivery.objects.filter(channel="email").aggregate(last=Max("sent_at"))["last"]
        first = Notification.objects.aggregate(first=Min("due_at"))["first"]
        late = f"{(last - first).total_seconds():.0f} s" if last and first else ""
        record_property("figures", {"due": PEOPLE, "lost": lost, "doubled": doubled, "late": late})

    return write


def lost_and_doubled(sink: MailSink) -> tuple[int, int]:
    copies = Counter(mail.recipients[0] for mail in sink.mails)
    return PEOPLE - len(copies), sum(count > 1 for count in copies.values())


def all_sent() -> bool:
    return Delivery.objects.filter(state="sent", channel="email").count() == PEOPLE


def test_wiped_in_the_middle(sink: MailSink, redis: OwnRedis, note: Callable[[MailSink], None]) -> None:
    make_due(PEOPLE, is_planned=False)
    sink.delay = 0.05
    with celery(*WORKER, redis_url=redis.url, sink=sink), celery(*BEAT, redis_url=redis.url, sink=sink):
        assert until(lambda: len(sink.mails) > PEOPLE / 10, seconds=TIME)
        redis.say("flushall")
        sink.delay = 0
        assert until(all_sent, seconds=TIME)

    note(sink)
    assert lost_and_doubled(sink) == (0, 0)


def test_frozen_and_back(sink: MailSink, redis: OwnRedis, note: Callable[[MailSink], None]) -> None:
    with celery(*WORKER, redis_url=redis.url, sink=sink), celery(*BEAT, redis_url=redis.url, sink=sink):
        assert until(lambda: redis.say("dbsize") != "0", seconds=TIME)
        redis.process.send_signal(signal.SIGSTOP)
        make_due(PEOPLE, is_planned=False)
        assert not until(all_sent, seconds=8)
        redis.process.send_signal(signal.SIGCONT)
        assert until(all_sent, seconds=TIME)

    note(sink)
    assert lost_and_doubled(sink) == (0, 0)


def test_gone_for_good_and_somebody_stands_by(sink: MailSink, note: Callable[[MailSink], None]) -> None:
    make_due(PEOPLE, is_planned=False)
    nobody = "redis://127.0.0.1:1/0"
    standby = [sys.executable, "manage.py", "standby", "--after", "5", "--every", "1"]
    with (
        celery(*WORKER, redis_url=nobody, sink=sink),
        celery(*BEAT, redis_url=nobody, sink=sink),
        running(standby, redis_url=nobody, sink=sink),
    ):
        assert until(all_sent, seconds=TIME)

    note(sink)
    assert lost_and_doubled(sink) == (0, 0)


def test_the_database_drops_everybody_in_the_middle(sink: MailSink, note: Callable[[MailSink], None]) -> None:
    """Promise V2: a sender whose connections are cut goes on by itself within five seconds."""
    make_due(PEOPLE)
    sink.delay = 0.1
    standby = [sys.executable, "manage.py", "standby", "--after", "0", "--every", "0.5"]
    with running(standby, redis_url="redis://127.0.0.1:1/0", sink=sink):
        assert until(lambda: len(sink.mails) >= 3, seconds=TIME)
        cut_connections()
        sink.delay = 0
        before = len(sink.mails)
        assert until(lambda: len(sink.mails) > before + 1, seconds=5)
        Delivery.objects.filter(state="pending").update(leased_until=None)  # do not wait for the lease of the batch
        assert until(all_sent, seconds=TIME)

    note(sink)
    lost, doubled = lost_and_doubled(sink)
    assert (lost, doubled <= 1) == (0, True)


def cut_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()
    connection.close_pool()  # those of this process were cut too


def test_control_without_standby_nothing_is_sent_while_it_is_gone(sink: MailSink) -> None:
    make_due(PEOPLE, is_planned=False)
    nobody = "redis://127.0.0.1:1/0"
    with celery(*WORKER, redis_url=nobody, sink=sink), celery(*BEAT, redis_url=nobody, sink=sink):
        assert not until(lambda: sink.mails, seconds=20)
