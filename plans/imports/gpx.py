"""GPX 1.0 and 1.1: the tracks. Routes and waypoints are plans, and were not walked."""

from __future__ import annotations

from datetime import datetime

from plans.imports.kinds import kind_of
from plans.imports.summary import Place, Refused, instant, metres_between, number, place
from plans.imports.xml import Walker


class Gpx(Walker):
    """Time and way of each segment, from its first point to its last; between segments nothing is counted."""

    wanted = frozenset({"time", "hr", "type"})
    starting = frozenset({"trkpt", "trkseg"})
    ending = frozenset({"trkpt", "trkseg"})

    def __init__(self) -> None:
        super().__init__()
        self._start: datetime | None = None
        self._end: datetime | None = None
        self._metres = 0.0
        self._here: Place | None = None
        self._before: Place | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "trkpt":
            self.tally.count_point()
            self._here = place(attributes.get("lat", ""), attributes.get("lon", ""))
        elif name == "trkseg":
            self._start = self._end = self._before = None
            self._metres = 0.0

    def finish(self, name: str, text: str) -> None:
        if name == "trkpt":
            self._arrive()
        elif name == "trkseg":
            if self._start and self._end:
                self.tally.add_stretch(self._start, (self._end - self._start).total_seconds(), self._metres)
        elif name == "time" and self.parent == "trkpt":
            self._note_time(instant(text))
        elif name == "hr":
            self.tally.add_beats(number(text))
        elif name == "type" and self.parent == "trk":
            self.tally.kind = self.tally.kind or kind_of(text)

    def _arrive(self) -> None:
        if self._before and self._here:
            self._metres += metres_between(self._before, self._here)
        self._before = self._here

    def _note_time(self, when: datetime) -> None:
        if self._end is not None and when < self._end:
            raise Refused("backwards")
        self._start = self._start or when
        self._end = when
