"""What is kept of a file, and what a reader adds up on the way. No Django here."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

type Source = Literal["gpx", "tcx", "fit"]
type Place = tuple[float, float]  # latitude and longitude in degrees

MAX_BYTES = 10 * 1024 * 1024
MAX_POINTS = 50_000  # nearly fourteen hours of one a second
A_DAY = timedelta(days=1)
MAX_METRES = 1_000_000  # more than this in a day is no movement of one's own
EARTH_METRES = 6_371_000.0
DEGREE = math.pi / 180
BEATS = range(30, 251)  # a sensor that says anything else is not worn
LONGEST_TIME_TEXT = 40


class Refused(Exception):
    """The file is not read any further. `code` is a key of `plans.imports.words`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Summary:
    """All that remains of a file. `kind` is the slug of an exercise type, or empty."""

    source: Source
    started_at: datetime
    minutes: int
    distance_m: int | None
    average_heart_rate: int | None
    kind: str = ""


@dataclass
class Tally:
    """Adds up stretches of time; several tracks, laps or activities of one outing become one sum."""

    seconds: float = 0.0
    metres: float = 0.0
    first: datetime | None = None
    last: datetime | None = None
    kind: str = ""
    points: int = 0
    _beats: float = 0.0
    _weight: float = field(default=0.0)

    def count_point(self) -> None:
        self.points += 1
        if self.points > MAX_POINTS:
            raise Refused("too_many")

    def add_stretch(self, start: datetime, seconds: float, metres: float = 0.0) -> None:
        if not (0 <= seconds <= A_DAY.total_seconds()):
            raise Refused("long" if seconds > 0 else "numbers")
        if not 0 <= metres <= MAX_METRES:
            raise Refused("numbers")
        self.seconds += seconds
        self.metres += metres
        try:
            end = start + timedelta(seconds=seconds)
        except OverflowError as error:
            raise Refused("numbers") from error
        self.first = start if self.first is None else min(self.first, start)
        self.last = end if self.last is None else max(self.last, end)

    def add_beats(self, rate: float, weight: float = 1.0) -> None:
        """Count a heart rate; one that no heart has is left out."""
        if BEATS.start <= rate < BEATS.stop and weight > 0:
            self._beats += rate * weight
            self._weight += weight

    def summary(self, source: Source) -> Summary:
        if self.first is None or self.last is None or self.seconds <= 0:
            raise Refused("no_times")
        if self.last - self.first > A_DAY or self.seconds > A_DAY.total_seconds():
            raise Refused("long")
        if self.metres > MAX_METRES:
            raise Refused("numbers")
        return Summary(
            source=source,
            started_at=self.first.replace(microsecond=0),
            minutes=max(1, round(self.seconds / 60)),
            distance_m=round(self.metres) or None,
            average_heart_rate=round(self._beats / self._weight) if self._weight else None,
            kind=self.kind,
        )


def number(text: str) -> float:
    """Return a finite number, or refuse the file."""
    try:
        found = float(text)
    except ValueError as error:
        raise Refused("numbers") from error
    if not math.isfinite(found):
        raise Refused("numbers")
    return found


def place(latitude: str, longitude: str) -> Place:
    """Return a place on Earth, or refuse the file."""
    try:
        lat, lon = float(latitude), float(longitude)
    except ValueError as error:
        raise Refused("numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - the Earth's; no comparison holds of NaN
        raise Refused("numbers")
    return lat, lon


def instant(text: str) -> datetime:
    """Return the instant in UTC; a time without a zone is UTC, as the formats say."""
    try:
        found = datetime.fromisoformat(text.strip()[:LONGEST_TIME_TEXT])
        if found.tzinfo is UTC:  # nearly always, and there may be many
            return found
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused("numbers") from error


def metres_between(one: Place, other: Place) -> float:
    """Return the way over the ground (haversine), good to half a percent."""
    if one == other:
        return 0.0
    lat, lat_2 = one[0] * DEGREE, other[0] * DEGREE
    across = math.sin((other[1] - one[1]) * DEGREE / 2) ** 2
    half = math.sin((lat_2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat_2) * across
    return 2 * EARTH_METRES * math.asin(math.sqrt(min(1.0, half)))
