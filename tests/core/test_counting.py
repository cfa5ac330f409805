"""Counting in windows of time: in the database, and in Redis while it answers."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import counting
from core.counting import Counted, count

pytestmark = pytest.mark.django_db
NOBODY_ANSWERS = "redis://127.0.0.1:1/0"
needs_redis = pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs Redis (REDIS_URL)")


@pytest.fixture(autouse=True)
def wide_awake() -> Iterator[None]:
    counting.rest.until = 0
    yield
    counting.rest.until = 0


@pytest.fixture
def key() -> str:
    return str(uuid4())


def test_each_gets_a_number_of_its_own_and_the_window_begins_with_the_first(now: datetime, key: str) -> None:
    at = [now, now + timedelta(seconds=20), now + timedelta(seconds=59)]
    assert [count(key, seconds=60, now=moment) for moment in at] == [Counted(1, 60), Counted(2, 40), Counted(3, 1)]
    assert count(key, seconds=60, now=now + timedelta(seconds=60)) == Counted(1, 60)


def test_keys_are_counted_apart_and_stored_as_fingerprints(now: datetime) -> None:
    assert [count(key, seconds=60, now=now).number for key in ("one", "two", "one")] == [1, 1, 2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert not {"one", "two"} & {name for (name,) in cursor.fetchall()}


def test_it_takes_one_statement(now: datetime, key: str) -> None:
    count(key, seconds=60, now=now)
    with CaptureQueriesContext(connection) as queries:
        count(key, seconds=60, now=now)
    assert len(queries) == 1


def test_the_table_stays_small(now: datetime, settings) -> None:
    settings.CACHES = settings.CACHES | {"counters": settings.CACHES["counters"] | {"OPTIONS": {"MAX_ENTRIES": 30}}}
    caches["counters"].set("guessed at", 5, timeout=3600)
    for number in range(100):
        count(f"address {number}", seconds=60, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone()[0] <= 31
    assert caches["counters"].get("guessed at") == 5


def test_without_redis_it_goes_on_in_the_database(now: datetime, key: str, settings) -> None:
    settings.REDIS_URL = NOBODY_ANSWERS
    assert [count(key, seconds=60, now=now).number for _ in range(3)] == [1, 2, 3]


def test_a_frozen_redis_is_waited_for_once(now: datetime, key: str, settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as frozen:  # takes connections, and never says a word
        settings.REDIS_URL = f"redis://127.0.0.1:{frozen.getsockname()[1]}/0"
        assert [count(key, seconds=60, now=now).number for _ in range(20)] == list(range(1, 21))
        frozen.setblocking(False)
        frozen.accept()
        with pytest.raises(BlockingIOError):
            frozen.accept()


@needs_redis
def test_with_redis_the_database_is_not_asked(now: datetime, key: str, settings) -> None:
    settings.REDIS_URL = os.environ["REDIS_URL"]
    with CaptureQueriesContext(connection) as queries:
        found = [count(key, seconds=60, now=now) for _ in range(3)]
    assert [one.number for one in found] == [1, 2, 3]
    assert {one.ends_in for one in found} <= {59, 60}
    assert len(queries) == 0


@needs_redis
def test_in_redis_a_window_ends_by_itself(now: datetime, key: str, settings) -> None:
    settings.REDIS_URL = os.environ["REDIS_URL"]
    name = f"mindmove:count:{caches['counters'].make_key(key)}"
    count(key, seconds=60, now=now)
    redis = counting._redis(settings.REDIS_URL)
    assert 0 < redis.ttl(name) <= 60
    redis.delete(name)
    assert count(key, seconds=60, now=now).number == 1
