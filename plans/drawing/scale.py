"""From a value to a place in the picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from `low` … `high` to `start` … `end`; what lies outside stays at the end."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    at: float
    anchor: str = "middle"


SIZES = (("narrow", 340.0), ("wide", 620.0))  # for a phone, and for a wider column; styles show one of the two
