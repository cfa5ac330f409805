"""Calendar files, read back by parsers and a calendar program that know nothing of us."""

import os
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from groups.ics import Answer, Entry, calendar_of
from groups.ics_zones import timezone_of

LATELY = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
KHAL = Path(__file__).resolve().parents[2] / ".venv" / "bin" / "khal"
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"


def an_entry(starts_at: datetime, zone: str = BERLIN, **fields: object) -> Entry:
    said: dict[str, object] = {
        "uid": "0b5e8a0e-8a34-4c52-9d4c-1f8a5c1f7a10", "title": "River loop", "place": "Rose garden",
        "description": "Bring water.", "url": "https://moves.example/e/", "starts_at": starts_at,
        "ends_at": starts_at + HOUR, "zone": zone, "created_at": LATELY, "changed_at": LATELY,
    }  # fmt: skip
    return Entry(**{**said, **fields})  # type: ignore[arg-type]


def in_icalendar(body: bytes) -> dict[str, icalendar.Component]:
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}


def in_vobject(body: bytes) -> dict[str, vobject.base.Component]:
    return {event.uid.value: event for event in vobject.readOne(body.decode()).contents.get("vevent", [])}


def starts_by_their_own_zone(body: bytes) -> list[datetime]:
    """Return when meetings start by the VTIMEZONE in the file alone: under a name that no reader ever heard."""
    unheard = re.sub(rb"TZID([:=])", rb"TZID\1of-" + uuid4().hex.encode() + b"-", body)
    return [event.dtstart.value.astimezone(UTC) for event in in_vobject(unheard).values()]


# Times ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "starts_at", "wall"),
    [
        (BERLIN, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "20260329T013000"),  # half an hour before the clocks go on
        (BERLIN, datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "20260329T033000"),
        (
            BERLIN,
            datetime(2026, 10, 24, 23, 15, tzinfo=UTC),
            "20261025T011500",
        ),  # before 2:15 comes twice
        (BERLIN, datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "20261025T033000"),
        (LORD_HOWE, datetime(2026, 10, 3, 15, 15, tzinfo=UTC), "20261004T014500"),  # goes on by half an hour
        (LORD_HOWE, datetime(2026, 10, 3, 15, 45, tzinfo=UTC), "20261004T024500"),
        (LORD_HOWE, datetime(2026, 4, 4, 16, 0, tzinfo=UTC), "20260405T023000"),
        ("Asia/Shanghai", datetime(2026, 7, 1, 10, 30, tzinfo=UTC), "20260701T183000"),
    ],
)
def test_a_meeting_starts_by_the_clocks_of_its_place(zone: str, starts_at: datetime, wall: str) -> None:
    body = calendar_of([an_entry(starts_at, zone)])
    assert f"DTSTART;TZID={zone}:{wall}\r\n".encode() in body
    assert starts_by_their_own_zone(body) == [starts_at]
    [event] = in_icalendar(body).values()
    assert event.decoded("dtstart").astimezone(UTC) == starts_at
    assert event.decoded("dtend").astimezone(UTC) == starts_at + HOUR


def test_the_second_pass_of_an_hour_is_told_from_the_first() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 2:30 in Berlin again
    body = calendar_of([an_entry(second)])
    assert b"DTSTART:20261025T013000Z\r\n" in body
    assert starts_by_their_own_zone(body) == [second]


@given(
    zone=st.sampled_from([BERLIN, LORD_HOWE, "America/New_York", "Africa/Casablanca", "Asia/Kathmandu", "UTC"]),
    minutes=st.integers(0, 18 * 365 * 24 * 60),
)
def test_any_start_in_any_zone_is_read_back(zone: str, minutes: int) -> None:
    starts_at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert starts_by_their_own_zone(calendar_of([an_entry(starts_at, zone)])) == [starts_at]


def wrong_onsets(zone: str, found: icalendar.Timezone) -> list[datetime]:
    """Return the onsets that are no change of the clocks (RFC 5545, 3.6.5: an onset stands by the clocks before it)."""
    parts = [part for part in found.subcomponents if part["tzoffsetfrom"].td != part["tzoffsetto"].td]
    onsets = [(part.decoded("dtstart") - part["tzoffsetfrom"].td).replace(tzinfo=UTC) for part in parts]
    assert onsets
    offsets = [[at.astimezone(ZoneInfo(zone)).utcoffset() for at in (on - SECOND, on)] for on in onsets]
    return [on for on, (before, after) in zip(onsets, offsets, strict=True) if before == after]


@pytest.mark.parametrize("zone", [BERLIN, LORD_HOWE, "America/New_York", "Africa/Casablanca"])
def test_clocks_change_when_they_do(zone: str) -> None:
    assert wrong_onsets(zone, timezone_of(zone, 2024, 2028)) == []


def test_control_onsets_by_the_clocks_after_are_found() -> None:
    theirs = icalendar.Timezone.from_tzinfo(ZoneInfo(BERLIN), BERLIN, date(2026, 1, 1), date(2027, 1, 1))
    assert wrong_onsets(BERLIN, theirs)


# What is said --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "status", "transp"),
    [
        ({}, "CONFIRMED", "OPAQUE"),
        ({"answer": Answer.UNSURE}, "TENTATIVE", "TRANSPARENT"),
        ({"is_cancelled": True}, "CANCELLED", "TRANSPARENT"),
    ],
)
def test_what_was_said_and_what_became_of_it(fields: dict[str, object], status: str, transp: str) -> None:
    body = calendar_of([an_entry(LATELY, **fields)])
    [event], [other] = in_icalendar(body).values(), in_vobject(body).values()
    assert (event["status"], event["transp"]) == (status, transp)
    assert (other.status.value, other.transp.value) == (status, transp)


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    before = an_entry(LATELY)
    after = replace(before, starts_at=LATELY + HOUR, ends_at=LATELY + 2 * HOUR, sequence=1, changed_at=LATELY + HOUR)
    [was], [now] = in_icalendar(calendar_of([before])).values(), in_icalendar(calendar_of([after])).values()
    assert was["uid"] == now["uid"] == before.uid
    assert (was["sequence"], now["sequence"]) == (0, 1)
    assert was.decoded("last-modified") < now.decoded("last-modified") == now.decoded("dtstamp") == LATELY + HOUR


def test_text_in_any_script_is_escaped_folded_and_read_back() -> None:
    title = "晨间苔藓，沿着河边慢慢走；谁都可以来, 慢一点; \\没关系🌿" * 4
    description = "第一行\n第二行: a;b,c\\n\n" + "慢慢来" * 60
    body = calendar_of([an_entry(LATELY, title=title, description=description)], name="我的日历")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert [line.decode() for line in body.split(b"\r\n")]  # no letter is cut in two
    [event], [other] = in_icalendar(body).values(), in_vobject(body).values()
    assert str(event["summary"]) == title
    assert other.summary.value == title
    assert other.description.value == description


@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_breaks_out_of_its_line(words: str) -> None:
    body = calendar_of([an_entry(LATELY, title=words, place=words, description=words)])
    names = [line.partition(b":")[0].partition(b";")[0] for line in body.replace(b"\r\n ", b"").split(b"\r\n")]
    assert names.count(b"BEGIN") == names.count(b"END")
    assert names.count(b"SUMMARY") == names.count(b"UID") == 1
    assert set(in_vobject(body)) == {an_entry(LATELY).uid}


def test_it_names_nobody_and_has_no_address() -> None:
    body = calendar_of([an_entry(LATELY)], name="Mine").upper()
    for word in (b"ATTENDEE", b"ORGANIZER", b"MAILTO", b"@", b"RRULE", b"RECURRENCE-ID"):
        assert word not in body


# A calendar program --------------------------------------------------------------------------------
@pytest.fixture
def khal(tmp_path: Path):
    """Return khal with a calendar of its own: a function of its arguments."""
    (tmp_path / "mine").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[mine]]\npath = {tmp_path / 'mine'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )

    def run(*arguments: str) -> str:
        command = [str(KHAL), "-c", str(config), *arguments]
        env = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=env)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def keep(body: bytes) -> None:
        (tmp_path / "new.ics").write_bytes(body)
        run("import", "--batch", "-a", "mine", str(tmp_path / "new.ics"))

    def day(on: str) -> list[str]:
        found = run("list", "--format", "{start-date} {start-time} {title} {status}", "--day-format", "", on, "1d")
        return [line.strip() for line in found.splitlines() if line.strip()]

    run.keep, run.day = keep, day  # type: ignore[attr-defined]
    return run


def test_khal_takes_meetings_in_moves_them_and_hears_that_one_is_off(khal) -> None:
    berlin = an_entry(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), title="沿河慢走")
    island = an_entry(datetime(2026, 10, 3, 15, 45, tzinfo=UTC), LORD_HOWE, uid="island")
    khal.keep(calendar_of([berlin, island], name="Mine"))
    assert khal.day("2026-03-29") == ["2026-03-29 03:30 沿河慢走 CONFIRMED"]
    assert khal.day("2026-10-03") == ["2026-10-03 17:45 River loop CONFIRMED"]  # read in Berlin

    moved = replace(berlin, starts_at=berlin.starts_at + 25 * HOUR, ends_at=berlin.ends_at + 25 * HOUR, sequence=1)
    khal.keep(calendar_of([moved, island], name="Mine"))
    assert khal.day("2026-03-29") == []
    assert khal.day("2026-03-30") == ["2026-03-30 04:30 沿河慢走 CONFIRMED"]

    khal.keep(calendar_of([replace(moved, sequence=2, is_cancelled=True), island], name="Mine"))
    [line] = khal.day("2026-03-30")
    assert "CANCELLED" in line
