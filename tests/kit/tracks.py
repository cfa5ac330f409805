"""Files of watches and phones, made by code: good ones, and those that mean harm."""

import gzip
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

STARTED = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
GPX_HEAD = '<?xml version="1.0" encoding="UTF-8"?><gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">'
TCX_HEAD = '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
A_STEP = 0.0001  # of latitude: eleven metres
SESSION, LAP, RECORD = 18, 19, 20


def stamp(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


# GPX and TCX -------------------------------------------------------------------------------------
def point(lat: object, lon: object, when: str = "", heart: object = None) -> str:
    time = f"<time>{when}</time>" if when else ""
    beats = f"<extensions><x:hr xmlns:x='urn:x'>{heart}</x:hr></extensions>" if heart is not None else ""
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>34</ele>{time}{beats}</trkpt>'


def segment(minutes: int = 10, *, start: datetime = STARTED, heart: object = None, step: float = A_STEP) -> str:
    """Points a minute apart, going north."""
    points = (
        point(52.5 + n * step, 13.4, stamp(start + timedelta(minutes=n)), heart=heart) for n in range(minutes + 1)
    )
    return f"<trkseg>{''.join(points)}</trkseg>"


def gpx(*segments: str, kind: str = "") -> bytes:
    named = f"<type>{kind}</type>" if kind else ""
    return f"{GPX_HEAD}<trk>{named}{''.join(segments or [segment()])}</trk></gpx>".encode()


def gpx_of(*points: str) -> bytes:
    return gpx(f"<trkseg>{''.join(points)}</trkseg>")


def lap(seconds: object = 600, metres: object = 900, *, start: object = None, heart: object = None) -> str:
    beats = f"<AverageHeartRateBpm><Value>{heart}</Value></AverageHeartRateBpm>" if heart is not None else ""
    total = f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>"
    return f'<Lap StartTime="{start or stamp(STARTED)}">{total}{beats}</Lap>'


def tcx(*laps: str, sport: str = "Running") -> bytes:
    inside = "".join(laps or [lap()])
    return f'{TCX_HEAD}<Activity Sport="{sport}">{inside}</Activity></Activities></TrainingCenterDatabase>'.encode()


# FIT ---------------------------------------------------------------------------------------------
def crc(data: bytes) -> int:
    """FIT's checksum, bit by bit: slow, and written apart from the one that is tested."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return value


def fit_seconds(when: datetime) -> int:
    return int((when - FIT_EPOCH).total_seconds())


def fit_file(body: bytes, *, checksum: int | None = None) -> bytes:
    head = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    head += struct.pack("<H", crc(head))
    return head + body + struct.pack("<H", crc(head + body) if checksum is None else checksum)


def definition(local: int, kind: int, fields: list[tuple[int, int, int]], apps: bytes = b"") -> bytes:
    """`fields` are (number, size, base type); `apps` are fields of apps, three bytes each."""
    head = 0x40 | local | (0x20 if apps else 0)
    rows = b"".join(bytes(field) for field in fields)
    extra = bytes([len(apps) // 3]) + apps if apps else b""
    return struct.pack("<BBBHB", head, 0, 0, kind, len(fields)) + rows + extra


SUMMARY_FIELDS = [(253, 4, 0x86), (2, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0), (16, 1, 2)]


def fit_summary(
    local: int,
    *,
    start: datetime = STARTED,
    seconds: float = 600,
    metres: float = 900,
    sport: int = 1,
    heart: int = 255,
) -> bytes:
    begun = fit_seconds(start)
    values = (begun + int(seconds), begun, int(seconds * 1000), int(metres * 100), sport, heart)
    return struct.pack("<BIIIIBB", local, *values)


def fit(*, records: int = 60, kind: int = SESSION, sessions: int = 1, apps: bytes = b"", **values: object) -> bytes:
    begun = fit_seconds(STARTED)
    body = definition(0, RECORD, [(253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (3, 1, 2)])
    body += b"".join(struct.pack("<BIiiB", 0, begun + n, 626_000_000 + n, 160_000_000, 120) for n in range(records))
    body += definition(1, kind, SUMMARY_FIELDS, apps)
    body += sessions * (fit_summary(1, **values) + bytes(sum(apps[1::3])))  # type: ignore[arg-type]
    return fit_file(body)


# What means harm ---------------------------------------------------------------------------------
def _laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f"<!DOCTYPE gpx [{entities}]><gpx><trk><type>&a11;</type></trk></gpx>".encode()


def _elsewhere(target: str) -> bytes:
    return f'<!DOCTYPE gpx [<!ENTITY x SYSTEM "{target}">]><gpx><trk><type>&x;</type></trk></gpx>'.encode()


def _many_fields() -> bytes:
    body = definition(0, SESSION, [(n % 200, 1, 2) for n in range(255)])
    return _hollow(body + (b"\0" + b"\1" * 255) * 2_000)


def _hollow(body: bytes) -> bytes:
    """Return a FIT file with no checksum, which would take long to make."""
    return struct.pack("<BBHI4s", 12, 0x20, 2132, len(body), b".FIT") + body + b"\0\0"


def _many_attributes() -> bytes:
    rows = (b" ".join(b'b%d=""' % (row * 100 + n) for n in range(100)) for row in range(8_000))
    return b"<gpx>" + b"".join(b"<a %s/>" % row for row in rows)


def _many_namespaces() -> bytes:
    rows = (b" ".join(b'xmlns:n%d="u"' % (row * 500 + n) for n in range(500)) for row in range(1_000))
    return b"<gpx>" + b"".join(b"<a %s/>" % row for row in rows) + b"</gpx>"


MANY = 1_000_000
A_FIELD = [(0, 99, 13)]
# Name → what makes the file, and the code of its refusal: made to cost time or memory, or to reach elsewhere.
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "billion laughs": (_laughs, "unsafe"),
    "entity of a file": (lambda: _elsewhere("file:///etc/hostname"), "unsafe"),
    "entity of the net": (lambda: _elsewhere("http://127.0.0.1:9/x"), "unsafe"),
    "type of elsewhere": (lambda: b'<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x"><gpx/>', "unsafe"),
    "type after the root": (lambda: b"<gpx><!DOCTYPE gpx []></gpx>", "damaged"),
    "deep": (lambda: b"<gpx>" + b"<a>" * MANY, "unsafe"),
    "many elements": (lambda: b"<gpx>" + b"<a/>" * MANY, "too_many"),
    "many points": (lambda: gpx_of('<trkpt lat="1" lon="1"/>' * 300_000), "too_many"),
    "many attributes": (_many_attributes, "unsafe"),
    "many names": (lambda: b"<gpx>" + b"".join(b"<a%d/>" % n for n in range(MANY)), "unsafe"),
    "namespaces in one tag": (lambda: b"<gpx %s/>" % b" ".join(b'xmlns:a%d="u"' % n for n in range(500_000)), "unsafe"),
    "many namespaces": (_many_namespaces, "unsafe"),
    "one long tag": (lambda: b"<gpx " + b"a" * 9_000_000, "unsafe"),
    "one long value": (lambda: b'<gpx a="' + b"a" * 9_000_000 + b'"/>', "unsafe"),
    "long text": (lambda: b"<gpx><trk><type>" + b"a" * 9_000_000 + b"</type></trk></gpx>", "unsafe"),
    "much escaped text": (lambda: b"<gpx><trk><type>" + b"&#65;" * 1_800_000 + b"</type></trk></gpx>", "unsafe"),
    "comments": (lambda: b"<!---->" * MANY + b"x", "unknown"),
    "open brackets": (lambda: b"<gpx>" + b"<" * 9_000_000, "damaged"),
    "a large FIT": (lambda: _hollow(definition(0, 99, A_FIELD) + bytes(9_900_000)), "too_many"),
    "a large FIT without checksum": (lambda: _hollow(definition(0, 99, A_FIELD) + bytes(100 * 52_000)), "damaged"),
    "many FIT messages": (lambda: _hollow(definition(0, 99, [(0, 1, 2)]) + b"\0\1" * 2_600_000), "too_many"),
    "many FIT definitions": (lambda: _hollow(definition(0, SESSION, []) * 800_000), "too_many"),
    "FIT fields without end": (_many_fields, "too_many"),
    "packed zeros": (lambda: gzip.compress(b"\0" * 50_000_000), "packed"),
}
