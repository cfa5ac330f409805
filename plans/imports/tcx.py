"""TCX (Training Center): the laps of its activities, as the device summed them up."""

from __future__ import annotations

from datetime import datetime

from plans.imports.kinds import kind_of
from plans.imports.summary import Refused, instant, number
from plans.imports.xml import Walker


class Tcx(Walker):
    """Time, way and heart rate of each lap. A lap that does not say how long it was is as long as its points."""

    wanted = frozenset({"TotalTimeSeconds", "DistanceMeters", "Value", "Time"})
    starting = frozenset({"Activity", "Lap", "Trackpoint"})
    ending = frozenset({"Lap"})

    def __init__(self) -> None:
        super().__init__()
        self._start: datetime | None = None
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._seconds: float | None = None
        self._metres = 0.0
        self._average: float | None = None
        self._beats: list[float] = [0.0, 0.0]  # their sum, and how many

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Trackpoint":
            self.tally.count_point()
        elif name == "Activity":
            self.tally.kind = self.tally.kind or kind_of(attributes.get("Sport", ""))
        elif name == "Lap":
            self._start = instant(attributes["StartTime"]) if "StartTime" in attributes else None
            self._first = self._last = self._seconds = self._average = None
            self._metres, self._beats = 0.0, [0.0, 0.0]

    def finish(self, name: str, text: str) -> None:
        around = self.parent
        if name == "Lap":
            self._end_lap()
        elif name == "Time" and around == "Trackpoint":
            self._note_time(instant(text))
        elif name == "Value" and around == "HeartRateBpm":
            self._beats[0] += number(text)
            self._beats[1] += 1
        elif name == "Value" and around == "AverageHeartRateBpm":
            self._average = number(text)
        elif name == "TotalTimeSeconds" and around == "Lap":
            self._seconds = number(text)
        elif name == "DistanceMeters" and around == "Lap":
            self._metres = number(text)

    def _note_time(self, when: datetime) -> None:
        if self._last is not None and when < self._last:
            raise Refused("backwards")
        self._first = self._first or when
        self._last = when

    def _end_lap(self) -> None:
        start, seconds = self._start or self._first, self._seconds
        if seconds is None and self._first and self._last:
            seconds = (self._last - self._first).total_seconds()
        if start is None or seconds is None:
            return
        self.tally.add_stretch(start, seconds, self._metres)
        rate = self._average or (self._beats[0] / self._beats[1] if self._beats[1] else 0)
        self.tally.add_beats(rate, seconds)
