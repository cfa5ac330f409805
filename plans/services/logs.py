"""Noting what was done and how it felt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack, cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Exists
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput, NotPermitted
from core.held import was_held
from core.visibility import get_visible
from library.models import ExerciseType
from plans.elapsed import likely_minutes
from plans.felt import bring_details
from plans.models import Beginning, Enrollment, Session, SessionLog
from plans.services.feelings import Words, keep, rewrite
from plans.services.gone_logs import gone_under, remember_gone, require_not_gone
from plans.services.log_checks import (
    GUESS,
    LogValues,
    Moods,
    check_guess,
    check_moods,
    check_time,
    check_values,
    check_words,
    check_zone,
)
from plans.services.log_subject import Subject, kind_of, planned_minutes

MOODS = {str(GUESS): "guess", "before": "mood_before", "after": "mood_after"}
LENT_ROWS = ("session", "enrollment", "exercise_type")  # by what was begun, as the next
LENT = (*LENT_ROWS, "is_floor", "guess", "mood_before")
VALUES = ("minutes", "intensity", "is_floor", "setting", "company", "title", "distance_m")


class LogChanges(TypedDict, total=False):
    """What may be changed in a log afterwards; what is left out stays, a mood of None is taken back.

    A `guess` is taken only if it says what was guessed: nothing changes it.
    """

    minutes: int
    intensity: str
    exercise_type: ExerciseType
    is_floor: bool
    guess: int | None
    mastery: int | None
    pleasure: int | None
    setting: str
    company: str
    note: str
    title: str
    distance_m: int | None
    mood_before: int | None
    mood_after: int | None
    done_at: datetime


class LogDetails(TypedDict, total=False):
    """What else a new log may say. Moods and the guess are 1 to 7, mastery and pleasure 0 to 10."""

    minutes: int | None
    intensity: str
    exercise_type: ExerciseType | None
    session: Session | None
    enrollment: Enrollment | None
    is_floor: bool
    guess: int | None
    mood_before: int | None
    mood_after: int | None
    mastery: int | None
    pleasure: int | None
    setting: str
    company: str
    note: str
    title: str
    distance_m: int | None
    uuid: UUID | None
    started_at: datetime | None
    done_at: datetime | None
    time_zone: str
    source: str
    external_id: str


@transaction.atomic
def log_session(*, person: User, now: datetime, **details: Unpack[LogDetails]) -> SessionLog:
    """Note something done; return the log with its details. The same `uuid` twice is one row: the first, unchanged.

    `uuid` may be made by the client; one that belongs to somebody else is a 404, as if it were
    unknown. What was begun under it (`services.beginnings`) becomes the log, with its guess. A step
    lends its kind, minutes, effort and title. What was taken back stays so: `Gone`, whoever comes late with it.
    Raises InvalidInput on a field.
    """
    address = details.get("uuid") or uuid4()
    begun = _begun(person, address, details)
    stays_gone = not details.get("source")  # a file may be brought in again
    try:
        said = _with_beginning(begun, details)
        subject = Subject.of(person, said)
        columns = columns_of(person, said, now)
        moods: Moods = {moment: said[name] for moment, name in MOODS.items() if said.get(name) is not None}
        check_moods(moods)
        check_words(**(words := _words(said)))
    except InvalidInput:
        if SessionLog.objects.filter(uuid=address).exists():
            return _first(person, address)
        if stays_gone:
            require_not_gone(person=person, uuid=address)  # whatever else it says
        raise
    subject.lock()
    try:
        with transaction.atomic():
            log = SessionLog.objects.create(uuid=address, created_at=now, **columns, **subject.columns())
            keep(log, moods, words, now)
    except IntegrityError:  # sent before, or at the same instant and the other one was first
        return _first(person, address)
    subject.show(log)
    _close(person, address, begun, stays_gone=stays_gone)
    return log


def _begun(person: User, address: UUID, details: Mapping[str, Any]) -> Beginning | None:
    """Return what was begun, with what it lends as it is at one moment; most logs were not begun."""
    own = Beginning.objects.visible_to(person).filter(uuid=address)
    begun = own.first()
    if begun is None:
        return None
    step = details.get("session")
    at_hand = {"exercise_type": step.exercise_type, "enrollment": vars(step).get("followed_by")} if step else {}
    for name, row in at_hand.items():
        if row is not None and row.pk == getattr(begun, f"{name}_id"):
            setattr(begun, name, row)
    lends = [name for name in LENT_ROWS if getattr(begun, f"{name}_id") is not None and details.get(name) is None]
    if all(getattr(Beginning, name).is_cached(begun) for name in lends):
        return begun
    return own.select_related("exercise_type", "session__week__template", "enrollment").first()


def _close(person: User, address: UUID, begun: Beginning | None, *, stays_gone: bool) -> None:
    """Let go of what was begun. Raises Gone: it is asked when the log is in, which may have come and gone meanwhile."""
    own = Beginning.objects.visible_to(person).filter(uuid=address)
    if not stays_gone:
        own.delete()
    elif begun is None or not own.exclude(Exists(gone_under(person=person, uuid=address))).delete()[0]:
        require_not_gone(person=person, uuid=address)


def columns_of(person: User, said: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Return what the row of a new log holds beside its `Subject`, as `LogDetails` say it.

    Raises InvalidInput on a field.
    """
    zone = said.get("time_zone") or person.time_zone
    check_zone(zone)
    done, started = said.get("done_at") or now, said.get("started_at")
    check_time(done, now, started)
    session, is_floor = said.get("session"), said.get("is_floor", False)
    values = _values({**_of_step(person, session, is_floor=is_floor, started_at=started, done_at=done), **_named(said)})
    check_values(values)
    return {
        **values,
        "person": person,
        "exercise_type": kind_of(said.get("exercise_type"), session),
        "started_at": started,
        "done_at": done,
        "local_on": clock.local_day(done, zone),
        "time_zone": zone,
        "source": said.get("source", ""),
        "external_id": said.get("external_id", ""),
    }


def _with_beginning(begun: Beginning | None, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said now over what was said when it began; start and guess are those of then."""
    if begun is None:
        if details.get(GUESS) is not None and details.get("started_at") is None:
            raise InvalidInput("guess_needs_start", _("A guess is made before: say when this began."), field=GUESS)
        return {**details}
    if details.get(GUESS) is not None:
        check_guess(details[GUESS], begun.guess)
    said = {name: value for name, value in details.items() if value is not None}
    lent = {name: getattr(begun, name) for name in LENT if name not in said}
    return {**lent, **said, "started_at": begun.started_at}


def _of_step(
    person: User, session: Session | None, *, is_floor: bool, started_at: datetime | None, done_at: datetime
) -> dict[str, Any]:
    """Return what a step says of itself, in the person's language."""
    planned = planned_minutes(session, is_floor=is_floor)
    if session is None or planned is None:
        return {}
    minutes = planned if started_at is None else likely_minutes(started_at, done_at, planned)
    with translation.override(person.language):
        return {"minutes": minutes, "intensity": session.intensity, "title": session.title}


def _named(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are said, not those left open."""
    return {name: given[name] for name in VALUES if given.get(name) not in {None, ""}}


def _values(given: dict[str, Any]) -> LogValues:
    if "minutes" not in given:
        raise InvalidInput("minutes", _("Between one minute and a day."), field="minutes")
    empty = LogValues(minutes=0, intensity="", is_floor=False, setting="", company="", title="", distance_m=None)
    return cast("LogValues", {**empty, **given, "title": given.get("title", "").strip()})


@transaction.atomic
def edit_log(*, person: User, log: SessionLog, now: datetime, **changes: Unpack[LogChanges]) -> SessionLog:
    """Change what is named, and return the log with its details. Day and zone follow `done_at`, only when that changes.

    It may have gone meanwhile: then it is a 404.
    """
    _check_own(person, log)
    locked = log if was_held(log) else get_visible(SessionLog.objects.select_for_update(), person, pk=log.pk)
    if "shown_moods" not in vars(locked):  # it was not shown to the caller under its lock
        bring_details(locked, person)
    given: dict[str, Any] = {**changes}
    if GUESS in given:
        check_guess(given.pop(GUESS), locked.mood(GUESS))
    moods = {m: given.pop(f"mood_{m}") for m in ("before", "after") if f"mood_{m}" in given}
    check_moods(moods)
    check_words(**(words := _words(given)))
    done_at = given.pop("done_at", locked.done_at)
    if done_at != locked.done_at:
        check_time(done_at, now, locked.started_at)
        locked.done_at, locked.local_on = done_at, clock.local_day(done_at, person.time_zone)
        locked.time_zone = person.time_zone
    for name in given.keys() - words.keys():
        setattr(locked, name, given[name])
    locked.title = locked.title.strip()
    check_values(cast("LogValues", {name: getattr(locked, name) for name in VALUES}))
    locked.save()
    rewrite(person, locked, moods, words, now)
    return locked


@transaction.atomic
def delete_log(*, person: User, log: SessionLog, now: datetime) -> None:
    """Remove a log and its ratings for good. That it is gone is remembered, for phones that do not know yet.

    It is locked before what hangs on it goes, as by whoever changes it. Removing twice is removing once.
    """
    _check_own(person, log)
    if was_held(log) or SessionLog.objects.select_for_update().filter(pk=log.pk).exists():
        remember_gone(person=person, uuid=log.uuid, now=now)
        log.delete()


def _words(given: Mapping[str, Any]) -> Words:
    """Return what is said of how it was, without the blanks around it."""
    words = {name: given[name] for name in Words.__annotations__ if name in given}
    if "note" in words:
        words["note"] = words["note"].strip()
    return cast("Words", words)


def _first(person: User, address: UUID) -> SessionLog:
    """Return what was sent before, unless somebody else sent it."""
    return get_visible(SessionLog.objects.with_details(person), person, uuid=address)


def _check_own(person: User, log: SessionLog) -> None:
    if log.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
