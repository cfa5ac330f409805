"""Whatever the bytes, a reader gives a summary that makes sense, or a refusal that has words."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.imports.reading import read
from plans.imports.summary import MAX_METRES, Refused, Summary
from plans.imports.words import REFUSALS
from tests.kit.tracks import SESSION, definition, fit, fit_file, gpx, lap, point, tcx

GOOD = [gpx(), tcx(lap(), lap()), fit(records=5)]
NUMBERS = st.one_of(st.floats(), st.integers(), st.text(max_size=12).filter(lambda text: '"' not in text))


def outcome_of(data: bytes) -> Summary | str:
    try:
        return read(data)
    except Refused as refused:
        return refused.code


def check(data: bytes) -> None:
    found = outcome_of(data)
    if isinstance(found, str):
        assert found in REFUSALS
    else:
        assert 1 <= found.minutes <= 1440
        assert found.distance_m is None or 0 < found.distance_m <= MAX_METRES
        assert found.average_heart_rate is None or 30 <= found.average_heart_rate <= 250
        assert found.started_at.utcoffset() is not None


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.sampled_from(GOOD), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=6), st.floats(0, 1))
def test_a_good_file_with_bytes_changed_and_its_end_cut_off(data: bytes, changes: Any, cut: float) -> None:
    found = bytearray(data)
    for where, new in changes:
        at = int(where * (len(found) - 1))
        found[at : at + len(new)] = new
    check(bytes(found[: max(1, int(cut * len(found)))]))


@given(st.binary(max_size=300))
def test_any_messages_under_a_right_checksum(body: bytes) -> None:
    check(fit_file(body))


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 255), st.integers(1, 8), st.integers(0, 255)), max_size=8),
    st.binary(max_size=80),
)
def test_any_session_under_a_right_checksum(fields: list[tuple[int, int, int]], values: bytes) -> None:
    size = sum(field[1] for field in fields)
    check(fit_file(definition(0, SESSION, fields) + b"\0" + values[:size].ljust(size, b"\1")))


@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.text("0123456789-:TZ+. ", max_size=30), NUMBERS), max_size=5))
def test_any_points(points: list[Any]) -> None:
    rows = [point(*(str(value).replace("<", "").replace("&", "") for value in row)) for row in points]
    check(gpx(f"<trkseg>{''.join(rows)}</trkseg>"))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_any_lap(seconds: Any, metres: Any, heart: Any) -> None:
    values = [str(value).replace("<", "").replace("&", "") for value in (seconds, metres, heart)]
    check(tcx(lap(values[0], values[1], heart=values[2])))
