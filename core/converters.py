"""Kinds of words in addresses."""

from datetime import date


class IsoDay:
    """A calendar day, as 2026-11-25."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # no such day: ValueError, which the resolver takes for no such address

    def to_url(self, value: date) -> str:
        return value.isoformat()
