"""`Retry-After`, whatever stands in it."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.channels.waiting import LONGEST, wait_of

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("Tue, 10 Mar 2026 10:30:00 GMT", timedelta(minutes=90)),
        ("Tue, 10 Mar 2026 08:00:00 GMT", timedelta()),
        ("", timedelta()),
        ("soon", timedelta()),
        ("-5", timedelta()),
        ("1e9", timedelta()),
        ("²", timedelta()),
        ("9" * 4000, LONGEST),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST),
    ],
)
def test_what_it_means(said: str, wait: timedelta) -> None:
    assert wait_of(said, now=NOW) == wait
