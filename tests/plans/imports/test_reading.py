"""What a good file sums up to, and a clear refusal for each kind of file that cannot be read."""

import struct
from datetime import UTC, datetime, timedelta

import pytest

from plans.imports.reading import read
from plans.imports.summary import Refused, metres_between
from plans.imports.words import REFUSALS
from tests.kit.tracks import (
    LAP,
    SESSION,
    STARTED,
    SUMMARY_FIELDS,
    crc,
    definition,
    fit,
    fit_file,
    fit_summary,
    gpx,
    gpx_of,
    lap,
    point,
    segment,
    stamp,
    tcx,
)  # fmt: skip

AFTER_LUNCH = STARTED + timedelta(hours=2)


def refusal_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.code in REFUSALS
    return refused.value.code


def test_a_track_sums_up_to_time_way_and_heart_rate() -> None:
    found = read(gpx(segment(minutes=10, heart=120), kind="running"))
    assert (found.source, found.started_at, found.minutes, found.kind) == ("gpx", STARTED, 10, "aerobic")
    assert found.distance_m == pytest.approx(111, abs=1)
    assert found.average_heart_rate == 120


def test_segments_and_tracks_are_added_up_and_the_pause_between_is_not() -> None:
    found = read(gpx(segment(minutes=10), segment(minutes=5, start=AFTER_LUNCH)))
    assert (found.started_at, found.minutes) == (STARTED, 15)
    assert found.distance_m == pytest.approx(167, abs=1)


def test_laps_are_added_up_with_the_heart_rate_by_their_length() -> None:
    laps = [lap(600, 900, heart=100), lap(1200, 1800.4, start=stamp(AFTER_LUNCH), heart=130)]
    found = read(tcx(*laps, sport="Biking"))
    assert (found.source, found.minutes, found.distance_m, found.kind) == ("tcx", 30, 2700, "aerobic")
    assert found.average_heart_rate == 120


def test_a_lap_that_does_not_say_how_long_it_was_is_as_long_as_its_points() -> None:
    points = "".join(
        f"<Trackpoint><Time>{stamp(STARTED + timedelta(minutes=n))}</Time>"
        f"<HeartRateBpm><Value>{100 + n}</Value></HeartRateBpm></Trackpoint>"
        for n in range(5)
    )
    found = read(tcx(f'<Lap StartTime="{stamp(STARTED)}"><Track>{points}</Track></Lap>', sport="Other"))
    assert (found.minutes, found.distance_m, found.average_heart_rate, found.kind) == (4, None, 102, "")


def test_a_fit_session_is_read_past_its_records_and_what_apps_added() -> None:
    found = read(fit(seconds=1800, metres=5000, heart=140, apps=bytes([0, 4, 0, 1, 2, 0])))
    assert (found.source, found.started_at, found.minutes, found.distance_m) == ("fit", STARTED, 30, 5000)
    assert (found.average_heart_rate, found.kind) == (140, "aerobic")
    assert read(fit(sport=11)).kind == "walking"


def test_without_a_session_the_laps_are_added_up() -> None:
    found = read(fit(kind=LAP, sessions=3))
    assert (found.minutes, found.distance_m, found.average_heart_rate, found.kind) == (30, 2700, None, "")


def test_a_big_endian_session_is_read_too() -> None:
    rows = b"".join(bytes(row) for row in SUMMARY_FIELDS)
    begun = struct.unpack("<I", fit_summary(0)[5:9])[0]
    body = struct.pack(">BBBHB", 0x40, 0, 1, SESSION, len(SUMMARY_FIELDS)) + rows
    body += struct.pack(">BIIIIBB", 0, begun + 600, begun, 600_000, 90_000, 1, 100)
    found = read(fit_file(body))
    assert (found.started_at, found.minutes, found.distance_m) == (STARTED, 10, 900)


@pytest.mark.parametrize(
    ("word", "instant"),
    [
        ("2026-03-09T17:30:00Z", STARTED),
        ("2026-03-09T18:30:00+01:00", STARTED),
        ("2026-03-09T17:30:00.000Z", STARTED),
        ("2026-03-09T17:30:00", STARTED),  # no zone is UTC
        ("2026-03-29T02:30:00+01:00", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # the hour that clocks skip
    ],
)
def test_times_of_any_zone_are_one_instant(word: str, instant: datetime) -> None:
    end = stamp(instant + timedelta(minutes=3))
    found = read(gpx_of(point(1, 1, word), point(1, 1, end)))
    assert (found.started_at, found.minutes, found.distance_m) == (instant, 3, None)


def test_half_a_minute_is_a_minute_and_odd_heart_rates_are_left_out() -> None:
    end = stamp(STARTED + timedelta(seconds=20))
    found = read(gpx_of(point(1, 1, stamp(STARTED), heart=0), point(1, 1, end, heart=999)))
    assert (found.minutes, found.average_heart_rate) == (1, None)


def test_the_way_over_the_ground_is_right() -> None:
    berlin, beijing = (52.52, 13.405), (39.9042, 116.4074)
    assert metres_between(berlin, beijing) == pytest.approx(7_353_000, rel=0.005)
    assert metres_between((0, 179.999), (0, -179.999)) == pytest.approx(222, abs=1)  # over the date line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_names_in_any_encoding_do_not_stop_the_reader(encoding: str) -> None:
    text = gpx().decode().replace("<trk>", "<metadata><name>Spaziergänge</name></metadata><trk>")
    assert read(text.encode(encoding)).minutes == 10


NOON = stamp(STARTED)
LATER = stamp(STARTED + timedelta(minutes=9))
REFUSED = {
    "nothing": (b"", "empty"),
    "more than ten megabytes": (b"<" * (10 * 1024 * 1024 + 1), "large"),
    "words": (b"a walk in the park", "unknown"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "unknown"),
    "another XML": (b"<html><body/></html>", "unknown"),
    "two bytes a letter": (gpx().decode().encode("utf-16"), "unknown"),
    "half a GPX": (gpx()[:-30], "damaged"),
    "an unknown entity": (b"<gpx>&nope;</gpx>", "damaged"),
    "a zip": (b"PK\x03\x04" + b"\0" * 30, "packed"),
    "no track": (b"<gpx><wpt lat='1' lon='1'/></gpx>", "no_track"),
    "a planned route": (b"<gpx><rte><rtept lat='1' lon='1'/></rte></gpx>", "no_track"),
    "a TCX course": (tcx("").replace(b"Activity", b"Course"), "no_track"),
    "no times": (gpx_of(point(1, 1), point(1, 2)), "no_times"),
    "one point": (gpx_of(point(1, 1, NOON)), "no_times"),
    "times that run backwards": (gpx_of(point(1, 1, LATER), point(1, 1, NOON)), "backwards"),
    "a latitude of nothing": (gpx_of(point("NaN", 1, NOON)), "numbers"),
    "an endless longitude": (gpx_of(point(1, "inf", NOON)), "numbers"),
    "a latitude of no Earth": (gpx_of(point(90.01, 1, NOON)), "numbers"),
    "a longitude of no Earth": (gpx_of(point(1, 1e308, NOON)), "numbers"),
    "no latitude": (gpx_of("<trkpt lon='1'/>"), "numbers"),
    "a time that is none": (gpx_of(point(1, 1, "yesterday")), "numbers"),
    "a time before all time": (gpx_of(point(1, 1, "0001-01-01T00:00:00+14:00")), "numbers"),
    "a track of two days": (gpx(segment(minutes=1), segment(minutes=1, start=STARTED + timedelta(days=2))), "long"),
    "a way around the world": (gpx(segment(minutes=20, step=4)), "numbers"),
    "a lap of less than nothing": (tcx(lap(seconds=-5)), "numbers"),
    "a lap of a week": (tcx(lap(seconds=604_800)), "long"),
    "a lap of NaN": (tcx(lap(seconds="NaN")), "numbers"),
    "a lap to nowhere": (tcx(lap(metres="-inf")), "numbers"),
    "a lap at the end of time": (tcx(lap(start="9999-12-31T23:59:59Z")), "numbers"),
    "half a FIT": (fit()[:-20], "damaged"),
    "a FIT of a header": (fit()[:12], "damaged"),
    "a FIT with a wrong checksum": (fit_file(fit()[14:-2], checksum=1), "damaged"),
    "a FIT without a summary": (fit(sessions=0), "no_track"),
    "a FIT message nobody defined": (fit_file(b"\x03\x01\x02"), "damaged"),
    "a FIT field of no size": (fit_file(definition(0, SESSION, [(2, 0, 0x86)])), "damaged"),
    "a FIT without a start": (fit(start=datetime(1989, 12, 31, tzinfo=UTC)), "no_times"),
    "a FIT of no time": (fit(seconds=0), "no_times"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_cannot_be_read_is_refused_for_its_reason(data: bytes, code: str) -> None:
    assert refusal_of(data) == code


def test_the_content_says_what_a_file_is() -> None:
    assert [read(data).source for data in (gpx(), tcx(), fit())] == ["gpx", "tcx", "fit"]


@pytest.mark.parametrize("length", [0, 1, 2, 255, 256, 1001])
def test_the_checksum_is_that_of_fit(length: int) -> None:
    from plans.imports.fit_frames import checksum  # noqa: PLC0415

    data = bytes(n * 7 % 256 for n in range(length))
    assert checksum(data) == crc(data)
