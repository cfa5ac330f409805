"""A day in an address, as `2026-03-10`."""

from datetime import date


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)  # a ValueError is a 404

    def to_url(self, value: date | str) -> str:
        return str(value)
