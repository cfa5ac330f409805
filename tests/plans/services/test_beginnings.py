"""Beginning: once, with a guess that stays, and gone without a word."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Beginning, MoodRating, SessionLog
from plans.services.beginnings import begin, let_go
from plans.services.logs import delete_log, edit_log, log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of


def own(cast: Cast) -> Any:
    return Beginning.objects.visible_to(cast.member)


def moods_of(log: SessionLog) -> dict[str, int]:
    return dict(MoodRating.objects.visible_to(log.person).filter(log=log).values_list("moment", "value"))


def begin_step(cast: Cast, now: datetime, **values: Any) -> Beginning:
    plan = make_plan()
    make_enrollment(cast.member, plan)
    return begin(person=cast.member, now=now, session=sessions_of(plan)[0], **values)


def test_a_step_brings_its_plan_and_kind(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=3, is_floor=True)
    assert begun.enrollment is not None
    assert (begun.enrollment.person, begun.exercise_type.slug) == (cast.member, "walking")
    assert (begun.guess, begun.is_floor, begun.started_at) == (3, True, now)


def test_the_same_uuid_again_changes_nothing(cast: Cast, now: datetime) -> None:
    address = uuid4()
    first = begin_step(cast, now, uuid=address, guess=2)
    again = begin(person=cast.member, now=now, exercise_type=make_type("running"), uuid=address, guess=7)
    assert (again, again.guess, own(cast).count()) == (first, 2, 1)


def test_a_step_that_is_open_is_not_begun_a_second_time(cast: Cast, now: datetime) -> None:
    first = begin_step(cast, now, guess=2)
    again = begin(person=cast.member, now=now + timedelta(minutes=1), session=first.session, guess=7)
    assert (again, again.guess, own(cast).count()) == (first, 2, 1)


def test_a_uuid_of_somebody_else_is_as_unknown(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now)
    logged = log_session(person=cast.member, now=now, minutes=5, intensity="light", exercise_type=make_type("running"))
    for address in (begun.uuid, logged.uuid):
        with pytest.raises(Http404):
            begin(person=cast.stranger, now=now, exercise_type=make_type("running"), uuid=address)
    assert not Beginning.objects.visible_to(cast.stranger).exists()


def test_what_is_noted_cannot_begin_again(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=2)
    log_session(person=cast.member, now=now, uuid=begun.uuid)
    with pytest.raises(DomainError) as refused:
        begin(person=cast.member, now=now, session=begun.session, uuid=begun.uuid, guess=6)
    assert refused.value.code == "already_noted"
    assert not own(cast).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"guess": 0}, "guess"),
        ({"guess": 8}, "guess"),
        ({"mood_before": 8}, "mood_before"),
        ({"exercise_type": None}, "exercise_type"),
        ({"started_at": timedelta(minutes=6)}, "started_at"),
        ({"started_at": -timedelta(hours=24)}, "started_at"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, now: datetime, values: Any, field: str) -> None:
    details = {"exercise_type": make_type("walking"), **values}
    if "started_at" in values:
        details["started_at"] = now + values["started_at"]
    with pytest.raises(InvalidInput) as refused:
        begin(person=cast.member, now=now, **details)
    assert refused.value.field == field
    assert not own(cast).exists()


def test_the_log_takes_over_start_guess_and_mood_and_the_beginning_is_gone(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=2, mood_before=3)
    done = now + timedelta(minutes=21)
    log = log_session(person=cast.member, now=done, uuid=begun.uuid, mood_after=5, mood_before=None)
    assert moods_of(log) == {"guess": 2, "before": 3, "after": 5}
    assert (log.uuid, log.started_at, log.session, log.enrollment) == (
        begun.uuid, now, begun.session, begun.enrollment,
    )  # fmt: skip
    assert (log.minutes, log.intensity, log.title, log.time_zone) == (21, "moderate", "Step 1.1", "Europe/Berlin")
    assert not own(cast).exists()


def test_a_log_that_is_refused_leaves_the_beginning(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=2)
    with pytest.raises(InvalidInput) as refused:
        log_session(person=cast.member, now=now, uuid=begun.uuid, mood_after=9)
    assert refused.value.field == "mood_after"
    assert own(cast).get() == begun


@pytest.mark.parametrize("kept", [2, None])
def test_another_guess_afterwards_is_refused(cast: Cast, now: datetime, kept: int | None) -> None:
    begun = begin_step(cast, now, guess=kept)
    with pytest.raises(InvalidInput) as refused:
        log_session(person=cast.member, now=now, uuid=begun.uuid, guess=6)
    assert (refused.value.code, refused.value.field) == ("guess_locked", "guess")
    assert not SessionLog.objects.exists()
    log = log_session(person=cast.member, now=now, uuid=begun.uuid, guess=kept)
    assert moods_of(log).get("guess") == kept


def test_a_guess_made_offline_comes_with_the_log(cast: Cast, now: datetime) -> None:
    kind, began = make_type("walking"), now - timedelta(minutes=40)
    details = {"exercise_type": kind, "minutes": 30, "intensity": "light", "guess": 4, "started_at": began}
    log = log_session(person=cast.member, now=now, **details)
    assert (moods_of(log), log.started_at) == ({"guess": 4}, began)
    with pytest.raises(InvalidInput) as refused:
        log_session(person=cast.member, now=now, **details, done_at=began - timedelta(minutes=1))
    assert refused.value.field == "done_at"


def test_nothing_changes_a_guess_and_it_goes_with_its_log(cast: Cast, now: datetime) -> None:
    log = log_session(person=cast.member, now=now, uuid=begin_step(cast, now, guess=2).uuid)
    for other in (6, None):
        with pytest.raises(InvalidInput) as refused:
            edit_log(person=cast.member, log=log, now=now, guess=other)
        assert refused.value.code == "guess_locked"
    edit_log(person=cast.member, log=log, now=now, guess=2, mood_after=6, minutes=9)
    assert moods_of(log) == {"guess": 2, "after": 6}
    delete_log(person=cast.member, log=log, now=now)
    assert not MoodRating.objects.visible_to(cast.member).exists()


def test_letting_go_leaves_nothing(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=2)
    with pytest.raises(NotPermitted):
        let_go(person=cast.superuser, beginning=begun)
    let_go(person=cast.member, beginning=begun)
    assert not own(cast).exists()
    assert not SessionLog.objects.exists()


def test_after_a_day_it_is_offered_no_more_and_swept_by_the_next(cast: Cast, now: datetime) -> None:
    begun = begin_step(cast, now, guess=2)
    late = now + timedelta(hours=24)
    assert list(own(cast).still_open(late - timedelta(seconds=1))) == [begun]
    assert list(own(cast).still_open(late)) == []
    new = begin(person=cast.member, now=late, session=begun.session)
    assert list(own(cast)) == [new]
    assert new != begun
