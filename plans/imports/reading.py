"""From the bytes of a file to its summary. What a file is, its content says, whatever its name."""

from __future__ import annotations

from plans.imports.fit import read_fit
from plans.imports.gpx import Gpx
from plans.imports.summary import MAX_BYTES, Refused, Source, Summary
from plans.imports.tcx import Tcx
from plans.imports.xml import Walker, root_of, walk

PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd")
FIT_MARK = slice(8, 12)
_ROOTS: dict[str, tuple[Source, type[Walker]]] = {"gpx": ("gpx", Gpx), "TrainingCenterDatabase": ("tcx", Tcx)}


def read(data: bytes) -> Summary:
    """Return the summary of one outing, or raise Refused. Takes no longer than a second for any file."""
    if not data:
        raise Refused("empty")
    if len(data) > MAX_BYTES:
        raise Refused("large")
    if data.startswith(PACKED):
        raise Refused("packed")
    if data[FIT_MARK] == b".FIT":
        return read_fit(data)
    if b"\0" in data or (root := root_of(data)) not in _ROOTS:
        raise Refused("unsafe" if b"<!DOCTYPE" in data[:2000] else "unknown")
    source, kind = _ROOTS[root]
    walker = kind()
    walk(data, walker)
    if walker.tally.points == 0 and walker.tally.first is None:
        raise Refused("no_track")
    return walker.tally.summary(source)
