"""A file becomes a log once, and nothing but its summary is kept."""

from datetime import timedelta
from typing import Any

import pytest

from core.errors import InvalidInput
from plans.brought import as_token, from_token
from plans.models import SessionLog
from plans.services.imports import already_noted, log_brought, read_file
from plans.services.logs import delete_log
from tests.kit.cast import Cast
from tests.kit.tracks import STARTED, fit, gpx, segment, tcx
from tests.plans.kit import make_type

FELT = {"intensity": "moderate", "mood_after": 5}


def test_a_file_becomes_a_log_with_its_source_and_no_heart_rate(cast: Cast, now: Any) -> None:
    brought = read_file(person=cast.member, data=fit(seconds=1800, metres=5000, heart=140), now=now)
    log = log_brought(person=cast.member, now=now, brought=brought, exercise_type=make_type("aerobic"), **FELT)
    log.refresh_from_db()
    assert (log.source, log.external_id, log.uuid) == ("fit", brought.external_id, brought.uuid)
    assert (log.started_at, log.minutes, log.distance_m) == (STARTED, 30, 5000)
    assert log.done_at == STARTED + timedelta(minutes=30)
    assert (str(log.local_on), log.time_zone) == ("2026-03-09", "Europe/Berlin")
    assert "140" not in as_token(brought)
    assert not hasattr(brought, "average_heart_rate")


def test_the_same_file_twice_is_one_log_and_a_removed_one_may_come_back(cast: Cast, now: Any) -> None:
    kind = make_type("aerobic")
    brought = read_file(person=cast.member, data=gpx(), now=now)
    logs = [log_brought(person=cast.member, now=now, brought=brought, exercise_type=kind, **FELT) for _ in range(2)]
    assert logs[0] == logs[1] == already_noted(cast.member, brought)
    delete_log(person=cast.member, log=logs[0], now=now)
    assert already_noted(cast.member, brought) is None
    log_brought(person=cast.member, now=now, brought=brought, exercise_type=kind, **FELT)
    assert SessionLog.objects.count() == 1


def test_two_people_may_bring_in_one_file(cast: Cast, now: Any) -> None:
    kind = make_type("aerobic")
    for person in (cast.member, cast.host):
        brought = read_file(person=person, data=gpx(), now=now)
        log_brought(person=person, now=now, brought=brought, exercise_type=kind, **FELT)
    assert SessionLog.objects.count() == 2


def test_what_the_person_says_goes_before_the_file(cast: Cast, now: Any) -> None:
    brought = read_file(person=cast.member, data=gpx(), now=now)
    log = log_brought(
        person=cast.member, now=now, brought=brought, exercise_type=make_type("walking"), **FELT, minutes=25
    )
    assert log.minutes == 25


def test_a_day_that_the_person_corrects_moves_its_beginning_along(cast: Cast, now: Any) -> None:
    brought = read_file(person=cast.member, data=fit(), now=now)
    moved = brought.done_at - timedelta(days=1)
    log = log_brought(
        person=cast.member, now=now, brought=brought, exercise_type=make_type("aerobic"), **FELT, done_at=moved
    )
    assert (log.started_at, log.done_at) == (STARTED - timedelta(days=1), moved)
    assert str(log.local_on) == "2026-03-08"


def test_a_file_of_tomorrow_or_of_years_ago_is_refused_beside_the_field(cast: Cast, now: Any) -> None:
    for started, code in ((now + timedelta(days=1), "future"), (now - timedelta(days=400), "long_ago")):
        with pytest.raises(InvalidInput) as refused:
            read_file(person=cast.member, data=gpx(segment(start=started)), now=now)
        assert (refused.value.code, refused.value.field) == (code, "file")


def test_a_token_is_its_persons_and_cannot_be_changed(cast: Cast, now: Any) -> None:
    brought = read_file(person=cast.member, data=tcx(), now=now)
    token = as_token(brought)
    assert from_token(cast.member, token) == brought
    assert from_token(cast.stranger, token) is None
    assert from_token(cast.member, token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert from_token(cast.member, "") is None


@pytest.mark.parametrize(
    ("heart", "age", "effort"),
    [(114, 40, "light"), (115, 40, "moderate"), (138, 40, "moderate"), (139, 40, "vigorous"), (250, 40, "vigorous"),
     (40, 40, "light"), (255, 40, ""), (139, None, "")],
)  # fmt: skip
def test_heart_rate_and_age_make_an_effort(cast: Cast, now: Any, heart: int, age: int | None, effort: str) -> None:
    assert read_file(person=cast.member, data=fit(heart=heart), now=now, age=age).intensity == effort
