"""Counts what comes within a window of time, atomically: in Redis while it answers, else in the database.

Redis may be away or frozen at any moment: it is given a tenth of a second, and after a refusal it is left alone for
a while, so that at most one request in each process waits for it (decision 0021).
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import Lock
from time import monotonic
from typing import cast

from django.conf import settings
from django.core.cache import caches
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from core.cache import CounterCache

PATIENCE = 0.1  # seconds
LEFT_ALONE_FOR = 15.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Counted:
    """The number with this one, and in how many seconds it begins anew."""

    number: int
    ends_in: int


@dataclass
class _Rest:
    """Until when this process leaves Redis alone (on the clock that only goes forward)."""

    until: float = 0.0


rest = _Rest()


def count(key: str, *, seconds: int, now: datetime) -> Counted:
    """Count one more of `key`, whose window begins with its first and is `seconds` long."""
    counters = cast("CounterCache", caches["counters"])
    if settings.REDIS_URL and monotonic() >= rest.until:
        try:
            return _in_redis(counters.make_key(key), seconds)
        except (RedisError, OSError):
            rest.until = monotonic() + LEFT_ALONE_FOR
            logger.warning("counting in the database, since Redis does not answer")
    number, ends_at = counters.count_once_more(key, seconds=seconds, now=now)
    return Counted(number, max(1, math.ceil((ends_at - now).total_seconds())))


def _in_redis(key: str, seconds: int) -> Counted:
    """One transaction, one round trip: the window's first makes the key with its end, each counts one more."""
    with _one_at_a_time:  # two that are made at once would close each other's connections when one is let go
        redis = _redis(settings.REDIS_URL)
    with redis.pipeline(transaction=True) as steps:
        steps.set(f"mindmove:count:{key}", 0, ex=seconds, nx=True)
        steps.incr(f"mindmove:count:{key}")
        steps.ttl(f"mindmove:count:{key}")
        _made, number, ends_in = steps.execute()
    return Counted(int(number), max(1, int(ends_in)))


_one_at_a_time = Lock()


@cache
def _redis(url: str) -> Redis:
    patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    return Redis.from_url(url, retry=Retry(NoBackoff(), 0), **patience)
