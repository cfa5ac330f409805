"""M7 under load: two phones with one store make one log of a workout, and what its person says meanwhile stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.http import Http404

from accounts.models import User
from library.models import ExerciseType
from plans.models import SessionLog, StoreWord
from plans.services.logs import delete_log, edit_log, log_session
from plans.services.workouts import Said, Workout, take_workouts
from tests.faults.parallel import all_at_once
from tests.kit.cast import make_person
from tests.plans.kit import make_type

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

AT_ONCE, ROUNDS = 10, 20
OWN = 25


def workout(number: int, now: datetime) -> Workout:
    said = Said(
        exercise_type=ExerciseType.objects.first() or make_type("aerobic"),
        minutes=30, intensity="moderate", distance_m=None, started_at=now - timedelta(hours=1), done_at=now,
    )  # fmt: skip
    return Workout(source="health_connect", external_id=str(number), said=said)


def noted(person: User, number: int, now: datetime) -> tuple[SessionLog, Workout]:
    """Note a workout; return its log, and what the store says of it afterwards: that it took longer."""
    run = workout(number, now)
    take_workouts(person=person, workouts=[run], now=now)
    return SessionLog.objects.get(external_id=str(number)), replace(run, said=replace(run.said, minutes=40))


def test_many_phones_make_one_log(now: datetime) -> None:
    person = make_person("ada")
    for number in range(5):
        run = workout(number, now)
        acts = [lambda r=run: take_workouts(person=person, workouts=[r], now=now)[0].outcome for _ in range(AT_ONCE)]
        assert sorted(all_at_once(acts)) == ["made", *["unchanged"] * (AT_ONCE - 1)]  # type: ignore[type-var]
    assert SessionLog.objects.count() == StoreWord.objects.visible_to(person).count() == 5


def edited_meanwhile(now: datetime) -> list[int]:
    """Let the store and the person change the minutes at once, again and again; return what stands."""
    person = make_person("ada")
    stands = []
    for number in range(ROUNDS):
        log, longer = noted(person, number, now)
        answers = all_at_once([
            lambda w=longer: take_workouts(person=person, workouts=[w], now=now),
            lambda g=log: edit_log(person=person, log=g, now=now, minutes=OWN),
        ])  # fmt: skip
        assert not [one for one in answers if isinstance(one, Exception)]
        stands.append(SessionLog.objects.get(pk=log.pk).minutes)
    return stands


def test_what_the_person_says_meanwhile_stays(now: datetime) -> None:
    assert edited_meanwhile(now) == [OWN] * ROUNDS


def test_control_without_the_lock_it_is_overwritten(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_: self)
    assert edited_meanwhile(now) != [OWN] * ROUNDS


def taken_back_meanwhile(now: datetime) -> list[object]:
    """Let the store and the person change a log, and the person take it back, at once; return what went wrong."""
    person, wrong = make_person("ada"), []
    for number in range(ROUNDS):
        log, longer = noted(person, number, now)
        answers = all_at_once([
            lambda w=longer: take_workouts(person=person, workouts=[w], now=now),
            lambda g=log: edit_log(person=person, log=g, now=now, mood_after=3),
            lambda g=log: delete_log(person=person, log=g, now=now),
            lambda g=log: delete_log(person=person, log=g, now=now),
        ])  # fmt: skip
        wrong += [one for one in answers if isinstance(one, Exception) and not isinstance(one, Http404)]
        wrong += SessionLog.objects.filter(pk=log.pk)
    return wrong


def test_what_is_taken_back_meanwhile_is_gone(now: datetime) -> None:
    assert taken_back_meanwhile(now) == []


def test_a_kind_that_the_person_changes_meanwhile_stays_and_the_rest_is_taken(now: datetime) -> None:
    person, other = make_person("ada"), make_type("walking", 2)  # a run is of the first kind
    make_type("aerobic")
    for number in range(ROUNDS):
        log, longer = noted(person, number, now)
        (taken,), _log = all_at_once([
            lambda w=longer: take_workouts(person=person, workouts=[w], now=now),
            lambda g=log: edit_log(person=person, log=g, now=now, exercise_type=other),
        ])  # fmt: skip
        log.refresh_from_db()
        assert (taken.outcome, log.minutes, log.exercise_type) == ("changed", 40, other)


def test_what_another_door_notes_at_the_same_moment_is_one_log(now: datetime) -> None:
    person = make_person("ada")
    for number in range(ROUNDS):
        run = workout(number, now)
        answers = all_at_once([
            lambda w=run: take_workouts(person=person, workouts=[w], now=now)[0].outcome,
            lambda w=run: log_session(person=person, now=now, uuid=w.address(person), **w.said.values()),
        ])  # fmt: skip
        assert answers[0] in {"made", "unchanged"}
        assert isinstance(answers[1], SessionLog)
    assert SessionLog.objects.count() == ROUNDS
