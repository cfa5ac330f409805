"""A store's workout is one log, and what a person says of it stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Gone, InvalidInput
from library.models import ExerciseType
from plans.models import SessionLog, StoreWord
from plans.services.logs import delete_log, edit_log, log_session
from plans.services.workouts import Said, Taken, Workout, take_workouts
from tests.kit.cast import Cast
from tests.plans.kit import make_type

pytestmark = pytest.mark.django_db

STARTED = datetime(2026, 3, 9, 22, 40, tzinfo=UTC)  # 23:40 in Berlin


@pytest.fixture
def kind(cast: Cast) -> ExerciseType:
    return make_type("aerobic")


@pytest.fixture
def run(kind: ExerciseType) -> Workout:
    said = Said(
        exercise_type=kind, minutes=30, intensity="vigorous", distance_m=5000, started_at=STARTED,
        done_at=STARTED + timedelta(minutes=32),
    )  # fmt: skip
    return Workout(source="apple_health", external_id="5F0B", said=said)


def saying(workout: Workout, **other: Any) -> Workout:
    return replace(workout, said=replace(workout.said, **other))


def take_workout(*, workout: Workout, **who_and_when: Any) -> Taken:
    (taken,) = take_workouts(workouts=[workout], **who_and_when)
    return taken


def test_it_is_noted_once(cast: Cast, now: datetime, run: Workout) -> None:
    first, again = (take_workouts(person=cast.member, workouts=[run], now=now)[0] for _ in range(2))
    log = SessionLog.objects.get()
    assert (first.outcome, again.outcome) == ("made", "unchanged")
    assert first.log == again.log == log.uuid
    assert (log.person, log.source, log.external_id, log.title) == (cast.member, "apple_health", "5F0B", "")
    assert (log.minutes, log.intensity, log.distance_m) == (30, "vigorous", 5000)
    assert (str(log.local_on), log.time_zone) == ("2026-03-10", "Europe/Berlin")


def test_the_number_of_queries_is_fixed(cast: Cast, now: datetime, run: Workout) -> None:
    counts = {}
    for number in (1, 3):
        same, other = ([replace(run, external_id=f"{name} {n}") for n in range(number)] for name in ("same", "other"))
        take_workouts(person=cast.member, workouts=[*same, *other], now=now)
        changed = [saying(workout, minutes=40 + n) for n, workout in enumerate(other)]
        new = [replace(run, external_id=f"new {number} {n}") for n in range(number)]
        wrong = [replace(saying(run, minutes=0), external_id=f"wrong {n}") for n in range(number)]
        for name, workouts in {"same": same, "all": [*same, *changed, *new, *wrong]}.items():
            with CaptureQueriesContext(connection) as queries:
                taken = take_workouts(person=cast.member, workouts=workouts, now=now)
            said = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
            counts[number, name] = len(said), {one.outcome for one in taken}
        StoreWord.objects.visible_to(cast.member).filter(log__external_id__startswith="other").update(minutes=1)
        SessionLog.objects.filter(external_id__startswith="other").update(minutes=1)
    assert counts[1, "same"] == counts[3, "same"] == (2, {"unchanged"})  # the person is locked, the logs are looked up
    assert counts[1, "all"] == counts[3, "all"] == (6, {"made", "changed", "unchanged", "refused"})


@pytest.mark.parametrize(
    ("field", "new", "own"),
    [("minutes", 40, 25), ("intensity", "moderate", "light"), ("distance_m", 6000, None),
     ("exercise_type", "walking", "mindful")],
)  # fmt: skip
def test_the_store_changes_a_field_until_the_person_does(
    cast: Cast, now: datetime, run: Workout, field: str, new: Any, own: Any
) -> None:
    if field == "exercise_type":
        new, own = make_type(new, 2), make_type(own, 3)
    take_workout(person=cast.member, workout=run, now=now)
    renewed = take_workout(person=cast.member, workout=saying(run, **{field: new}), now=now)
    log = SessionLog.objects.get()
    assert (renewed.outcome, getattr(log, field)) == ("changed", new)

    edit_log(person=cast.member, log=log, now=now, **{field: own})
    back = take_workout(person=cast.member, workout=saying(run, distance_m=7000), now=now)

    log.refresh_from_db()
    assert getattr(log, field) == own
    assert back.outcome == ("unchanged" if field == "distance_m" else "changed")
    assert field == "distance_m" or log.distance_m == 7000


@pytest.mark.parametrize(
    ("field", "own", "other"), [("minutes", 40, 50), ("intensity", "moderate", "light"), ("distance_m", 6000, None)]
)
def test_what_the_person_said_stays_though_the_store_says_the_same_for_a_while(
    cast: Cast, now: datetime, run: Workout, field: str, own: Any, other: Any
) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    edit_log(person=cast.member, log=SessionLog.objects.get(), now=now, **{field: own})
    for value in (own, other, own, other):
        assert take_workout(person=cast.member, workout=saying(run, **{field: value}), now=now).outcome == "unchanged"
        assert getattr(SessionLog.objects.get(), field) == own
    longer = saying(run, **{field: other}, done_at=run.said.done_at + timedelta(minutes=9))
    assert take_workout(person=cast.member, workout=longer, now=now).outcome == "changed"  # the rest is the store's


def test_times_of_the_persons_own_stay_though_the_store_says_the_same_for_a_while(
    cast: Cast, now: datetime, run: Workout
) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    own, other = (run.said.done_at + timedelta(minutes=more) for more in (5, 20))
    edit_log(person=cast.member, log=SessionLog.objects.get(), now=now, done_at=own)
    taken = take_workouts(person=cast.member, workouts=[saying(run, done_at=at) for at in (own, other)], now=now)
    assert ([one.outcome for one in taken], SessionLog.objects.get().done_at) == (["unchanged"] * 2, own)


def test_the_times_move_together_and_the_day_with_them(cast: Cast, now: datetime, run: Workout) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    moved = saying(run, started_at=STARTED - timedelta(hours=2), done_at=STARTED - timedelta(hours=1))
    assert take_workout(person=cast.member, workout=moved, now=now).outcome == "changed"
    log = SessionLog.objects.get()
    assert (log.started_at, str(log.local_on)) == (moved.said.started_at, "2026-03-09")

    edit_log(person=cast.member, log=log, now=now, done_at=log.done_at + timedelta(minutes=5))
    assert take_workout(person=cast.member, workout=run, now=now).outcome == "unchanged"
    log.refresh_from_db()
    assert log.started_at == moved.said.started_at


def test_seconds_that_a_form_does_not_show_are_no_change_of_the_persons(
    cast: Cast, now: datetime, run: Workout
) -> None:
    precise = saying(run, done_at=run.said.done_at + timedelta(seconds=40))
    take_workout(person=cast.member, workout=precise, now=now)
    edit_log(person=cast.member, log=SessionLog.objects.get(), now=now, done_at=run.said.done_at)
    later = saying(run, done_at=run.said.done_at + timedelta(minutes=10))
    assert take_workout(person=cast.member, workout=later, now=now).outcome == "changed"


def test_one_that_was_taken_back_stays_so(cast: Cast, now: datetime, run: Workout) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    delete_log(person=cast.member, log=SessionLog.objects.get(), now=now)
    (taken,) = take_workouts(person=cast.member, workouts=[run], now=now)
    assert (taken.outcome, taken.log, type(taken.why)) == ("refused", None, Gone)
    assert not SessionLog.objects.exists()
    assert not StoreWord.objects.visible_to(cast.member).exists()


def test_one_that_cannot_be_stops_no_other(cast: Cast, now: datetime, run: Workout) -> None:
    to_come = replace(saying(run, done_at=now + timedelta(days=1)), external_id="other")
    taken = take_workouts(person=cast.member, workouts=[to_come, run], now=now)
    assert [one.outcome for one in taken] == ["refused", "made"]
    assert taken[0].why.code == "future"  # type: ignore[union-attr]
    empty = take_workout(person=cast.member, workout=saying(run, minutes=0), now=now)
    assert (empty.outcome, type(empty.why)) == ("refused", InvalidInput)
    assert SessionLog.objects.get().minutes == 30


def test_what_is_said_twice_at_once_is_taken_in_its_order(cast: Cast, now: datetime, run: Workout) -> None:
    longer, wrong = saying(run, minutes=45), saying(run, minutes=0)
    taken = take_workouts(person=cast.member, workouts=[wrong, run, run, longer, wrong], now=now)
    assert [one.outcome for one in taken] == ["refused", "made", "unchanged", "changed", "refused"]
    assert SessionLog.objects.get().minutes == StoreWord.objects.visible_to(cast.member).get().minutes == 45


def test_a_change_that_cannot_be_changes_nothing(cast: Cast, now: datetime, run: Workout) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    wrong = saying(run, minutes=50, distance_m=0, done_at=run.said.done_at + timedelta(minutes=10))
    refused = take_workout(person=cast.member, workout=wrong, now=now)
    assert (refused.outcome, refused.why.fields) == ("refused", ("distance_m",))  # type: ignore[union-attr]
    for row in (SessionLog.objects.get(), StoreWord.objects.visible_to(cast.member).get()):
        assert (row.minutes, row.distance_m, row.done_at) == (30, 5000, run.said.done_at)


def test_where_somebody_else_has_that_address_nothing_of_theirs_is_touched(
    cast: Cast, now: datetime, run: Workout
) -> None:
    theirs = log_session(person=cast.host, now=now, uuid=run.address(cast.member), **run.said.values())
    taken = take_workouts(person=cast.member, workouts=[saying(run, minutes=9), replace(run, external_id="b")], now=now)
    assert [one.outcome for one in taken] == ["refused", "made"]
    theirs.refresh_from_db()
    assert (theirs.person, theirs.minutes) == (cast.host, 30)


def test_each_person_has_their_own(cast: Cast, now: datetime, run: Workout) -> None:
    for person in (cast.member, cast.host):
        assert take_workout(person=person, workout=run, now=now).outcome == "made"
    assert SessionLog.objects.count() == 2


def test_where_nobody_remembers_what_the_store_said_the_log_stays(cast: Cast, now: datetime, run: Workout) -> None:
    take_workout(person=cast.member, workout=run, now=now)
    StoreWord.objects.visible_to(cast.member).delete()
    assert take_workout(person=cast.member, workout=saying(run, minutes=9), now=now).outcome == "unchanged"
    assert SessionLog.objects.get().minutes == 30
    assert take_workout(person=cast.member, workout=saying(run, minutes=8), now=now).outcome == "unchanged"
