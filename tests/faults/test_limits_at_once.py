"""A8: of forty requests at once no more pass than the limit says, counted in the database or in Redis."""

import os
import secrets
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from core import counting
from core.cache import CounterCache
from tests.faults.parallel import all_at_once

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]
RUN = f"2001:db8:{secrets.randbelow(0xFFFF):x}"  # Redis remembers the last run
AT_ONCE, MOST, ROUNDS = 40, 10, 5


@pytest.fixture(autouse=True)
def few(settings) -> None:
    settings.API_LIMITS = {"address": MOST}
    counting.rest.until = 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache")


def passing(number: int) -> int:
    """Return how many of forty requests from one address, all at once, were answered."""

    def ask() -> int:
        return Client().get("/api/v1/domains/", REMOTE_ADDR=f"{RUN}:{number}::1").status_code

    answers = all_at_once([ask] * AT_ONCE)
    assert set(answers) <= {200, 429}
    return answers.count(200)


def test_no_more_pass_than_may() -> None:
    assert [passing(number) for number in range(ROUNDS)] == [MOST] * ROUNDS


@pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="needs Redis (REDIS_URL)")
def test_nor_with_redis(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "PATIENCE", 5)  # all threads share this one process, and wait for one another
    counting._redis.cache_clear()
    settings.REDIS_URL = os.environ["REDIS_URL"]
    assert [passing(number) for number in range(ROUNDS)] == [MOST] * ROUNDS
    counting._redis.cache_clear()


def test_control_read_and_then_written_more_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(self: CounterCache, key: str, *, seconds: int, now: datetime) -> tuple[int, datetime]:
        number = self.get(key, 0) + 1
        self.set(key, number, seconds)
        return number, now + timedelta(seconds=seconds)

    monkeypatch.setattr(CounterCache, "count_once_more", careless)
    assert max(passing(number) for number in range(ROUNDS)) > MOST
