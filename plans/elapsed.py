"""How long something took, when nobody said: the time since it began, as long as that is likely."""

from datetime import datetime, timedelta

SHORTEST, LONGEST = 1 / 3, 2  # of what the step plans


def likely_minutes(started_at: datetime, done_at: datetime, planned: int) -> int:
    """Return the whole minutes between, or `planned` where these say nothing about the step.

    Somebody who taps twice in a row, or notes a walk the next morning, has not walked for that long.
    """
    minutes = round((done_at - started_at) / timedelta(minutes=1))
    return minutes if max(1, planned * SHORTEST) <= minutes <= planned * LONGEST else planned
