"""Taking over what a phone's health store knows: each workout is one log, however often it is sent.

A store that changes its mind changes the log, field by field, where the person has not said something else meanwhile.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import User
from core import clock
from core.errors import DomainError
from library.models import ExerciseType
from plans.models import SessionLog, StoreWord
from plans.services.gone_logs import require_not_gone
from plans.services.log_checks import check_time, check_values
from plans.services.logs import VALUES, LogDetails, log_session

type Outcome = Literal["made", "changed", "unchanged", "refused"]

A_MINUTE = timedelta(minutes=1)  # forms show no seconds
TOGETHER = (("exercise_type",), ("minutes",), ("intensity",), ("distance_m",), ("started_at", "done_at"))


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a store says of a workout, in our words."""

    exercise_type: ExerciseType
    minutes: int
    intensity: str
    distance_m: int | None
    started_at: datetime
    done_at: datetime

    def values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Workout:
    """What is said, under the store's own name for it. Without a zone it is the person's."""

    source: str
    external_id: str
    said: Said
    time_zone: str = ""

    def address(self, person: User) -> UUID:
        """The same workout of the same person is the same log, on every phone."""
        return uuid5(person.uuid, f"{self.source} {self.external_id}")


@dataclass(frozen=True)
class Taken:
    """What became of a workout; `why` it was refused."""

    outcome: Outcome
    log: UUID | None = None
    why: DomainError | None = None


def take_workouts(*, person: User, workouts: list[Workout], now: datetime) -> list[Taken]:
    """Take each by itself, in order. What is as it was is seen in one query, and nothing is locked for it."""
    addresses = [workout.address(person) for workout in workouts]
    words = StoreWord.objects.visible_to(person).filter(log__uuid__in=addresses)
    known = {word.log.uuid: word for word in words.with_log()}
    taken = []
    for workout, address in zip(workouts, addresses, strict=True):
        if (word := known.get(address)) and all(_is_same(word, workout.said, together) for together in TOGETHER):
            taken.append(Taken("unchanged", address))
            continue
        try:
            taken.append(take_workout(person=person, workout=workout, now=now))
        except DomainError as error:
            taken.append(Taken("refused", why=error))
    return taken


@transaction.atomic
def take_workout(*, person: User, workout: Workout, now: datetime) -> Taken:
    """Note a workout, or what is new about it. Raises InvalidInput on a field, Gone for one that was taken back."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)  # two phones come one after the other
    address = workout.address(person)
    log = SessionLog.objects.visible_to(person).select_for_update(of=("self",)).filter(uuid=address).first()
    if log is not None:
        return Taken(_renew(person, log, workout.said, now), address)
    require_not_gone(person=person, uuid=address)
    named = LogDetails(source=workout.source, external_id=workout.external_id, time_zone=workout.time_zone)
    log = log_session(person=person, now=now, **{"uuid": address, **named, **workout.said.values()})
    StoreWord.objects.create(log=log, **workout.said.values())
    return Taken("made", address)


def _renew(person: User, log: SessionLog, said: Said, now: datetime) -> Outcome:
    """Let a locked log say what is new, where it still says what the store said before."""
    own = StoreWord.objects.visible_to(person)
    word = own.filter(log=log).first()
    if word is None:  # nobody remembers what the store said, so all of it may be the person's
        StoreWord.objects.create(log=log, **said.values())
        return "unchanged"
    fresh = [together for together in TOGETHER if not _is_same(word, said, together)]
    free = [name for together in fresh if _is_same(log, word, together) for name in together]
    for name in free:
        setattr(log, name, getattr(said, name))
    if "done_at" in free:
        check_time(log.done_at, now, log.started_at)
        log.local_on = clock.local_day(log.done_at, log.time_zone or person.time_zone)
    check_values({name: getattr(log, name) for name in VALUES})  # type: ignore[arg-type] # all that a person fills in
    if free:
        log.save()
    own.filter(pk=word.pk).update(**said.values())
    return "changed" if free else "unchanged"


def _is_same(one: object, other: object, together: tuple[str, ...]) -> bool:
    return all(_equal(getattr(one, name), getattr(other, name)) for name in together)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < A_MINUTE
    return bool(one == other)
