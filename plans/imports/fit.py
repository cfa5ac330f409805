"""FIT: the sessions as the device summed them up; without any, the laps."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import fitdecode

from plans.imports.fit_frames import LAP, SESSION, Picked, as_file, pick
from plans.imports.kinds import kind_of
from plans.imports.summary import Refused, Summary, Tally

_FAULTS = (fitdecode.FitError, struct.error, ValueError, TypeError, KeyError, IndexError, OverflowError)


def read_fit(data: bytes) -> Summary:
    picked = pick(data)
    chosen = picked[SESSION] if picked[SESSION].count else picked[LAP]
    if not chosen.count:
        raise Refused("no_track")
    tally = Tally()
    for message in _decoded(data, chosen):
        _add(tally, message)
    return tally.summary("fit")


def _decoded(data: bytes, chosen: Picked) -> Iterator[dict[str, Any]]:
    """Yield field → value of each message."""
    source = BytesIO(as_file(data, chosen))
    off = fitdecode.CrcCheck.DISABLED  # the whole file's has been checked
    try:
        with fitdecode.FitReader(source, check_crc=off, error_handling=fitdecode.ErrorHandling.RAISE) as frames:
            for frame in frames:
                if isinstance(frame, fitdecode.FitDataMessage):
                    yield {found.name: found.value for found in frame.fields}
    except _FAULTS as error:
        raise Refused("damaged") from error


def _add(tally: Tally, message: dict[str, Any]) -> None:
    start = message.get("start_time")
    if not isinstance(start, datetime):
        raise Refused("no_times")
    seconds = _number(message, "total_timer_time")
    if seconds is None:
        seconds = _number(message, "total_elapsed_time")
    if seconds is None:
        raise Refused("no_times")
    tally.add_stretch(start.astimezone(UTC), seconds, _number(message, "total_distance") or 0.0)
    tally.add_beats(_number(message, "avg_heart_rate") or 0.0, seconds)
    tally.kind = tally.kind or kind_of(message.get("sub_sport")) or kind_of(message.get("sport"))


def _number(message: dict[str, Any], name: str) -> float | None:
    value = message.get(name)
    return float(value) if isinstance(value, int | float) else None
