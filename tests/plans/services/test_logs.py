"""Noting what was done: once, on the right day, in the right ranges, for one reader."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from core.errors import InvalidInput, NotPermitted
from plans.models import MoodRating, Reflection, SessionLog
from plans.services.logs import delete_log, edit_log, log_session
from plans.services.own_copies import change_followed
from plans.today import steps_for
from tests.kit.cast import Cast, make_person
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of


def note(person: Any, now: datetime, **values: Any) -> SessionLog:
    details = {"minutes": 10, "intensity": "moderate", "exercise_type": make_type("walking"), **values}
    return log_session(person=person, now=now, **details)


def words_of(log: SessionLog) -> tuple[int | None, int | None, str]:
    return Reflection.objects.visible_to(log.person).values_list("mastery", "pleasure", "note").get(log=log)


def test_a_step_is_noted_with_all_that_was_said(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment, session = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    log = log_session(
        person=cast.member,
        now=now,
        minutes=3,
        intensity="light",
        session=session,
        is_floor=True,
        mood_before=2,
        mood_after=4,
        mastery=0,
        pleasure=10,
        setting="green",
        company="one",
        note=" Frost on the grass. ",
    )
    assert (log.enrollment, log.exercise_type) == (enrollment, session.exercise_type)
    assert words_of(log) == (0, 10, "Frost on the grass.")
    assert dict(log.moods.visible_to(cast.member).values_list("moment", "value")) == {"before": 2, "after": 4}


def test_the_same_uuid_twice_is_one_row_the_first(cast: Cast, now: datetime) -> None:
    address = uuid4()
    first = note(cast.member, now, uuid=address, mood_after=5)
    again = note(cast.member, now, uuid=address, minutes=99, mood_after=1)
    assert again == first
    assert (again.minutes, SessionLog.objects.count()) == (10, 1)
    assert MoodRating.objects.visible_to(cast.member).get().value == 5


def test_a_uuid_of_somebody_else_is_as_unknown(cast: Cast, now: datetime) -> None:
    address = note(cast.member, now).uuid
    with pytest.raises(Http404):
        note(cast.stranger, now, uuid=address)
    assert SessionLog.objects.get().person == cast.member


def test_several_logs_a_day_are_fine(cast: Cast, now: datetime) -> None:
    note(cast.member, now)
    note(cast.member, now)
    assert SessionLog.objects.count() == 2


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Asia/Kolkata", datetime(2026, 3, 10, 18, 0, tzinfo=UTC), date(2026, 3, 10)),  # 23:30
        ("Asia/Kolkata", datetime(2026, 3, 10, 18, 30, tzinfo=UTC), date(2026, 3, 11)),  # midnight
        ("America/New_York", datetime(2026, 3, 9, 3, 30, tzinfo=UTC), date(2026, 3, 8)),  # 23:30 on the short day
        ("America/New_York", datetime(2026, 3, 8, 4, 30, tzinfo=UTC), date(2026, 3, 7)),  # 23:30 in winter time
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # 23:30 on the long day
        ("Pacific/Apia", datetime(2026, 3, 10, 11, 30, tzinfo=UTC), date(2026, 3, 11)),
    ],
)
def test_the_day_is_that_of_the_person(db: None, zone: str, instant: datetime, day: date) -> None:
    assert note(make_person("traveller", time_zone=zone), instant).local_on == day


def test_the_day_stays_when_the_person_moves(db: None) -> None:
    person = make_person("traveller", time_zone="Asia/Kolkata")
    now = datetime(2026, 3, 10, 18, 0, tzinfo=UTC)
    log = note(person, now)
    person.time_zone = "Pacific/Apia"
    assert edit_log(person=person, log=log, now=now, minutes=12).local_on == date(2026, 3, 10)
    moved = edit_log(person=person, log=log, now=now, done_at=now - timedelta(minutes=1))
    assert moved.local_on == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"intensity": "brutal"}, "intensity"),
        ({"mood_before": 0}, "mood_before"),
        ({"mood_after": 8}, "mood_after"),
        ({"mastery": 11}, "mastery"),
        ({"pleasure": -1}, "pleasure"),
        ({"setting": "moon"}, "setting"),
        ({"company": "crowd"}, "company"),
        ({"note": "x" * 2001}, "note"),
        ({"exercise_type": None}, "exercise_type"),
        ({"done_at": datetime(2026, 3, 10, 9, 6, tzinfo=UTC)}, "done_at"),
        ({"done_at": datetime(2025, 3, 8, 9, 0, tzinfo=UTC)}, "done_at"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, now: datetime, values: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        note(cast.member, now, **values)
    assert refused.value.field == field
    assert not SessionLog.objects.exists()


def test_a_step_belongs_to_its_plan_and_the_plan_to_the_person(cast: Cast, now: datetime) -> None:
    one, other = make_plan("one"), make_plan("other")
    mine, theirs = make_enrollment(cast.member, one), make_enrollment(cast.stranger, one)
    for enrollment, session, field in [
        (mine, sessions_of(other)[0], "session"),
        (theirs, sessions_of(one)[0], "enrollment"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            note(cast.member, now, enrollment=enrollment, session=session)
        assert refused.value.field == field


@pytest.mark.parametrize("says_where", [True, False])
def test_a_step_noted_before_the_phone_knew_of_the_copy_is_of_the_copy(
    cast: Cast, now: datetime, says_where: bool
) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    session = sessions_of(enrollment.template)[0]
    change_followed(person=cast.member, enrollment=enrollment)

    log = note(cast.member, now, session=session, **({"enrollment": enrollment} if says_where else {}))

    assert (log.enrollment, log.session) == (enrollment, session)
    [step] = steps_for(cast.member, now=now)
    assert (step.is_done_today, step.session.origin) == (True, session)


def test_editing_changes_what_is_named_and_takes_a_mood_back(cast: Cast, now: datetime) -> None:
    log = note(cast.member, now, mood_before=3, mood_after=4, note="before")
    edited = edit_log(person=cast.member, log=log, now=now, minutes=25, mood_after=None, mood_before=6)
    assert (edited.minutes, words_of(edited)) == (25, (None, None, "before"))
    assert dict(edited.moods.visible_to(cast.member).values_list("moment", "value")) == {"before": 6}
    with pytest.raises(InvalidInput):
        edit_log(person=cast.member, log=log, now=now, minutes=0)


def test_nobody_else_edits_or_deletes(cast: Cast, now: datetime) -> None:
    log = note(cast.member, now)
    for other in (cast.stranger, cast.superuser):
        with pytest.raises(NotPermitted):
            edit_log(person=other, log=log, now=now, minutes=1)
        with pytest.raises(NotPermitted):
            delete_log(person=other, log=log, now=now)
    delete_log(person=cast.member, log=log, now=now)
    assert not SessionLog.objects.exists()
