"""When a number to call was checked too long ago. No query here."""

from datetime import date, timedelta

TOO_OLD = timedelta(days=180)


def is_old(verified_on: date | None, today: date) -> bool:
    """Whether an entry was checked more than half a year ago. One that never was says so in other words."""
    return verified_on is not None and today - verified_on > TOO_OLD
