"""The table of counters when it is full."""

import pytest

from core.cache import CounterCache


@pytest.mark.django_db
def test_filling_the_table_pushes_out_no_counter_that_holds_longer() -> None:
    cache = CounterCache("cache", {"KEY_FUNCTION": "core.cache.hashed_key", "OPTIONS": {"MAX_ENTRIES": 60}})
    cache.set("stamp", "kept", timeout=None)
    for number in range(20):
        cache.set(f"guessed at {number}", number, timeout=3600)

    for number in range(200):
        cache.set(f"other {number}", number, timeout=300)

    assert cache.get_many([f"guessed at {number}" for number in range(20)]).keys() == {
        f"guessed at {number}" for number in range(20)
    }
    assert cache.get("stamp") == "kept"
    assert len(cache.get_many([f"other {number}" for number in range(200)])) <= 60


@pytest.mark.django_db
def test_what_has_expired_goes_first() -> None:
    cache = CounterCache("cache", {"KEY_FUNCTION": "core.cache.hashed_key", "OPTIONS": {"MAX_ENTRIES": 30}})
    for number in range(29):
        cache.set(f"gone {number}", number, timeout=-5)
    cache.set("short", 1, timeout=60)

    for number in range(20):
        cache.set(f"long {number}", number, timeout=3600)

    assert cache.get("short") == 1
