"""When a check-in is next, as arithmetic on days."""

from datetime import date, timedelta

EVERY = timedelta(days=14)  # the items ask about the last two weeks, so sooner would ask about the same days


def next_on(last: date | None, today: date) -> date:
    """Return the first day on which a scale may be taken again; today, if it may be now."""
    return today if last is None else max(today, last + EVERY)


def is_suggested(starts_on: date, weeks: list[int], last: date | None, today: date) -> bool:
    """Whether a plan that began on `starts_on` suggests a check-in now: one of its weeks was reached within
    two weeks, and nothing has been taken since, or is too fresh.
    """
    reached = [starts_on + timedelta(weeks=week) for week in weeks if starts_on + timedelta(weeks=week) <= today]
    if not reached or today >= max(reached) + EVERY:
        return False
    return last is None or (last < max(reached) and next_on(last, today) == today)
