"""Following a plan in one's own words, and letting it go."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Cue, DayChange, Enrollment, SessionLog
from plans.services.enrollments import change_following, follow_plan, stop_following
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_plan, sessions_of

WORDS = {"when_text": "I have had breakfast", "then_text": "I walk ten minutes"}


def follow(cast: Cast, now: datetime, **changes: Any) -> Enrollment:
    values: dict[str, Any] = {"starts_on": date(2026, 3, 10), "cues": [(1, time(8, 30)), (4, time(18, 0))], **WORDS}
    plan = changes.pop("template", None) or make_plan()
    return follow_plan(person=cast.member, template=plan, now=now, **{**values, **changes})


def test_following_keeps_days_times_and_words(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now, when_text="  I have  had\nbreakfast ", obstacle_text="it rains", instead_text="yoga")
    assert enrollment.when_text == "I have had breakfast"
    assert (enrollment.obstacle_text, enrollment.instead_text) == ("it rains", "yoga")
    assert enrollment.created_at == now
    assert list(Cue.objects.order_by("weekday").values_list("weekday", "at_time")) == [(1, time(8, 30)), (4, time(18))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2026, 3, 2)}, "starts_on"),
        ({"starts_on": date(2028, 1, 1)}, "starts_on"),
        ({"cues": []}, "cues"),
        ({"cues": [(1, time(8)), (1, time(9))]}, "cues"),
        ({"cues": [(7, time(8))]}, "cues"),
        ({"times_a_week": 0, "cues": []}, "times_a_week"),
        ({"times_a_week": 15}, "times_a_week"),
        ({"times_a_week": 3, "cues": [(7, time(8))]}, "cues"),
        ({"when_text": "   "}, "when_text"),
        ({"then_text": "x" * 201}, "then_text"),
        ({"obstacle_text": "it rains"}, "instead_text"),
        ({"instead_text": "yoga"}, "obstacle_text"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(cast: Cast, now: datetime, changes: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        follow(cast, now, **changes)
    assert refused.value.field == field
    assert not Enrollment.objects.exists()


def test_a_withdrawn_plan_is_not_followed(cast: Cast, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        follow(cast, now, template=make_plan(published=False))
    assert refused.value.field == "template"


def test_following_twice_is_refused_and_leaves_one(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    follow(cast, now, template=plan)
    with pytest.raises(DomainError) as refused:
        follow(cast, now, template=plan)
    assert refused.value.code == "already_following"
    assert Enrollment.objects.count() == 1
    assert Cue.objects.count() == 2


def test_stopping_is_once_and_one_may_begin_again(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment = follow(cast, now, template=plan)
    assert stop_following(person=cast.member, enrollment=enrollment, now=now).ended_at == now
    later = now.replace(hour=12)
    assert stop_following(person=cast.member, enrollment=enrollment, now=later).ended_at == now
    assert follow(cast, later, template=plan).is_active


def test_only_the_person_stops_it_not_even_the_operator(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    for other in (cast.stranger, cast.superuser):
        with pytest.raises(NotPermitted):
            stop_following(person=other, enrollment=enrollment, now=now)
    assert Enrollment.objects.get().is_active


def test_so_many_times_a_week_needs_no_days(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now, times_a_week=3, cues=[])

    assert enrollment.times_a_week == 3
    assert not Cue.objects.exists()


def test_changing_days_times_and_words_leaves_the_logs(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    log_session(person=cast.member, now=now, minutes=5, intensity="light", session=sessions_of(enrollment.template)[0])

    change_following(
        person=cast.member, enrollment=enrollment, cues=[(2, time(7, 15))], then_text=" I  dance ", now=now
    )

    changed = Enrollment.objects.get()
    assert (changed.when_text, changed.then_text, changed.times_a_week) == (WORDS["when_text"], "I dance", None)
    assert list(Cue.objects.values_list("weekday", "at_time")) == [(2, time(7, 15))]
    assert SessionLog.objects.get().enrollment == enrollment


def test_from_days_to_a_number_and_back(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    mine: dict[str, Any] = {"person": cast.member, "enrollment": enrollment, "now": now}

    change_following(**mine, times_a_week=2, cues=[])
    assert Enrollment.objects.get().times_a_week == 2
    assert not Cue.objects.exists()

    with pytest.raises(InvalidInput) as refused:
        change_following(**mine, times_a_week=None)
    assert refused.value.field == "cues"
    change_following(**mine, times_a_week=None, cues=[(0, time(9))])
    assert Enrollment.objects.get().times_a_week is None


def test_what_was_not_changed_keeps_its_rows(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    before = set(Cue.objects.values_list("pk", flat=True))

    change_following(
        person=cast.member,
        enrollment=enrollment,
        cues=[(4, time(18, 0)), (1, time(8, 30))],
        when_text="I wake",
        now=now,
    )

    assert set(Cue.objects.values_list("pk", flat=True)) == before


def test_a_time_chosen_later_knows_since_when_and_the_others_stay_as_old_as_they_are(cast: Cast, now: datetime) -> None:
    enrollment, later = follow(cast, now), now + timedelta(days=1)
    change_following(person=cast.member, enrollment=enrollment, cues=[(1, time(8, 30)), (4, time(17, 0))], now=later)
    assert dict(enrollment.cues.values_list("weekday", "chosen_at")) == {1: None, 4: later}


def test_new_days_are_looked_at_anew_and_so_are_days_that_were_moved(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    moved = DayChange.objects.create(enrollment=enrollment, planned_on=now.date(), moved_to=date(2026, 3, 20))
    for rows in (Cue.objects, DayChange.objects):
        rows.update(next_at=now)

    change_following(
        person=cast.member, enrollment=enrollment, cues=[(1, time(8, 30)), (4, time(17)), (5, time(9))], now=now
    )

    moved.refresh_from_db()
    assert moved.next_at is None
    assert set(Cue.objects.values_list("weekday", "next_at")) == {(1, None), (4, None), (5, None)}


def test_the_first_day_moves_while_it_lies_ahead(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now, starts_on=date(2026, 3, 12))
    mine: dict[str, Any] = {"person": cast.member, "enrollment": enrollment}

    change_following(**mine, starts_on=date(2026, 3, 20), now=now)
    assert Enrollment.objects.get().starts_on == date(2026, 3, 20)

    for starts_on in (date(2026, 3, 9), date(2028, 1, 1)):
        with pytest.raises(InvalidInput):
            change_following(**mine, starts_on=starts_on, now=now)
    with pytest.raises(InvalidInput) as refused:
        change_following(**mine, starts_on=date(2026, 3, 25), now=now.replace(day=21))
    assert (refused.value.code, refused.value.field) == ("begun", "starts_on")


def test_only_ones_own_and_only_while_it_is_followed(cast: Cast, now: datetime) -> None:
    enrollment = follow(cast, now)
    with pytest.raises(NotPermitted):
        change_following(person=cast.owner, enrollment=enrollment, when_text="mine now", now=now)
    stop_following(person=cast.member, enrollment=enrollment, now=now)
    with pytest.raises(DomainError) as refused:
        change_following(person=cast.member, enrollment=enrollment, when_text="again", now=now)
    assert refused.value.code == "plan_ended"
