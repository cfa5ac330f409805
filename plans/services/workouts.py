"""Taking over what a phone's health store knows: each workout is one log, however often it is sent.

A store that changes its mind changes the log, field by field, where the person has not said something else meanwhile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.profile import lock_person
from core import clock
from core.errors import DomainError, Gone
from library.models import ExerciseType
from plans.models import SessionLog, StoreWord
from plans.services.gone_logs import gone_or_noted
from plans.services.log_checks import check_time, check_values
from plans.services.logs import VALUES, LogDetails, columns_of

type Outcome = Literal["made", "changed", "unchanged", "refused"]

A_MINUTE = timedelta(minutes=1)  # forms show no seconds
TOGETHER = (("exercise_type_id",), ("minutes",), ("intensity",), ("distance_m",), ("started_at", "done_at"))
OF_STORES = [name for together in TOGETHER for name in together]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a store says of a workout, in our words."""

    exercise_type: ExerciseType
    minutes: int
    intensity: str
    distance_m: int | None
    started_at: datetime
    done_at: datetime

    @property
    def exercise_type_id(self) -> int:
        return self.exercise_type.pk

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


@transaction.atomic
def take_workouts(*, person: User, workouts: Sequence[Workout], now: datetime) -> list[Taken]:
    """Take each by itself, in order, in a fixed number of queries: one that is refused stops no other.

    Two phones of one person come one after the other.
    """
    lock_person(person)
    try:
        return _take(person, workouts, now)
    except IntegrityError:  # one of them was noted by another door at the same instant: now it is found
        return _take(person, workouts, now)


@transaction.atomic
def _take(person: User, workouts: Sequence[Workout], now: datetime) -> list[Taken]:
    taking = _Taking(person, now, {workout.address(person) for workout in workouts})
    taken = [taking.take(workout) for workout in workouts]
    taking.write()
    return taken


class _Taking:
    """Logs as they will be, and what the stores say of them now. Nothing of it is written before `write`."""

    def __init__(self, person: User, now: datetime, addresses: set[UUID]) -> None:
        """Look up, and lock, what there is under the addresses."""
        self._person, self._now = person, now
        self._logs = self._locked(addresses)
        unknown = addresses - self._logs.keys()
        self._closed = gone_or_noted(person=person, uuids=unknown) if unknown else {}
        if noted := [uuid for uuid, why in self._closed.items() if not isinstance(why, Gone)]:
            self._logs |= self._locked(noted)  # by another door, after it was asked
        self._words = {uuid: getattr(log, "store_word", None) for uuid, log in self._logs.items()}
        self._made: list[SessionLog] = []
        self._changed: dict[UUID, SessionLog] = {}
        self._heard: dict[UUID, StoreWord] = {}

    def _locked(self, addresses: Collection[UUID]) -> dict[UUID, SessionLog]:
        rows = SessionLog.objects.visible_to(self._person).filter(uuid__in=addresses).with_store_word()
        return {log.uuid: log for log in rows.order_by("pk").select_for_update(of=("self",))}

    def take(self, workout: Workout) -> Taken:
        address = workout.address(self._person)
        log = self._logs.get(address)
        try:
            outcome = self._renew(log, workout.said) if log else self._make(address, workout)
        except DomainError as error:
            return Taken("refused", why=error)
        return Taken(outcome, address)

    def _make(self, address: UUID, workout: Workout) -> Outcome:
        if address in self._closed:
            raise self._closed[address]
        named = LogDetails(source=workout.source, external_id=workout.external_id, time_zone=workout.time_zone)
        columns = columns_of(self._person, {**named, **workout.said.values()}, self._now)
        log = self._logs[address] = SessionLog(uuid=address, created_at=self._now, **columns)
        self._made.append(log)
        self._hear(log, workout.said.values())
        return "made"

    def _renew(self, log: SessionLog, said: Said) -> Outcome:
        """Let a log say what is new, where it still says what it took over last. The rest is the person's, for good."""
        word = self._words[log.uuid]
        if word is None:  # nobody remembers what the store said, so all of it may be the person's
            self._hear(log, said.values())
            return "unchanged"
        fresh = [names for names in TOGETHER if _is_same(log, word, names) and not _is_same(word, said, names)]
        if not fresh:
            return "unchanged"
        new = {name: getattr(said, name) for names in fresh for name in names}
        if "done_at" in new:
            check_time(new["done_at"], self._now, new["started_at"])
            new["local_on"] = clock.local_day(new["done_at"], log.time_zone or self._person.time_zone)
        check_values({name: new.get(name, getattr(log, name)) for name in VALUES})  # type: ignore[arg-type] # all of them
        for name, value in new.items():
            setattr(log, name, value)
        if log.pk:
            self._changed[log.uuid] = log
        self._hear(log, {name: new.get(name, getattr(word, name)) for name in OF_STORES})
        return "changed"

    def _hear(self, log: SessionLog, values: dict[str, Any]) -> None:
        self._words[log.uuid] = self._heard[log.uuid] = StoreWord(log=log, **values)

    def write(self) -> None:
        """Write what is new: in a statement each, and only what there is."""
        SessionLog.objects.bulk_create(self._made)
        SessionLog.objects.bulk_update(self._changed.values(), [*OF_STORES, "local_on"])
        StoreWord.objects.bulk_create(
            self._heard.values(), update_conflicts=True, unique_fields=["log"], update_fields=OF_STORES
        )


def _is_same(one: object, other: object, together: tuple[str, ...]) -> bool:
    return all(_equal(getattr(one, name), getattr(other, name)) for name in together)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < A_MINUTE
    return bool(one == other)
