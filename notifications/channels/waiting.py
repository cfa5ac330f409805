"""How long a provider asks us to wait: `Retry-After` of RFC 9110, pure."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=7)  # whatever it asks for
DIGITS = 9


def wait_of(said: str, *, now: datetime) -> timedelta:
    """Return the wait of a header (seconds, or the date of HTTP); none when there is none, or none that makes sense."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:DIGITS])), LONGEST) if len(said) <= DIGITS else LONGEST
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST)
