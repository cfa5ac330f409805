"""Noting what was done and how it felt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack, cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import InvalidInput, NotPermitted
from core.visibility import get_visible
from library.models import ExerciseType
from plans.models import Enrollment, Session, SessionLog
from plans.services.feelings import Words, rate, reflect
from plans.services.log_checks import (
    LogValues,
    Moods,
    both_moments,
    check_moods,
    check_time,
    check_values,
    check_words,
)


class LogChanges(TypedDict, total=False):
    """What may be changed in a log afterwards; what is left out stays, a mood of None is taken back."""

    minutes: int
    intensity: str
    exercise_type: ExerciseType
    is_floor: bool
    mastery: int | None
    pleasure: int | None
    setting: str
    company: str
    note: str
    mood_before: int | None
    mood_after: int | None
    done_at: datetime


class LogDetails(TypedDict, total=False):
    """What else a new log may say. Moods are 1 to 7, mastery and pleasure 0 to 10."""

    exercise_type: ExerciseType | None
    session: Session | None
    enrollment: Enrollment | None
    is_floor: bool
    mood_before: int | None
    mood_after: int | None
    mastery: int | None
    pleasure: int | None
    setting: str
    company: str
    note: str
    uuid: UUID | None
    done_at: datetime | None


def log_session(
    *, person: User, now: datetime, minutes: int, intensity: str, **details: Unpack[LogDetails]
) -> SessionLog:
    """Note something done. The same `uuid` twice is one row: the first one is returned, unchanged.

    `uuid` may be made by the client; one that belongs to somebody else is a 404, as if it were
    unknown. Without an exercise type the session's is taken. Raises InvalidInput on a field.
    """
    address = details.get("uuid") or uuid4()
    if SessionLog.objects.filter(uuid=address).exists():
        return get_visible(SessionLog.objects.all(), person, uuid=address)
    values = _values(minutes, intensity, details)
    check_values(values)
    check_moods(moods := both_moments(details.get("mood_before"), details.get("mood_after")))
    check_words(**(words := _words(details)))
    check_time(done := details.get("done_at") or now, now)
    session = details.get("session")
    columns = {
        **values,
        "person": person,
        "enrollment": _followed(person, session, details.get("enrollment")),
        "session": session,
        "exercise_type": _kind(details.get("exercise_type"), session),
        "done_at": done,
        "local_on": clock.local_day(done, person.time_zone),
    }
    return _insert(address, columns, moods, words, now)


def _values(minutes: int, intensity: str, details: LogDetails) -> LogValues:
    return LogValues(
        minutes=minutes,
        intensity=intensity,
        is_floor=details.get("is_floor", False),
        setting=details.get("setting", ""),
        company=details.get("company", ""),
    )


@transaction.atomic
def edit_log(*, person: User, log: SessionLog, now: datetime, **changes: Unpack[LogChanges]) -> SessionLog:
    """Change what is named. The local day follows `done_at`, and only when that changes."""
    _check_own(person, log)
    locked = SessionLog.objects.select_for_update().get(pk=log.pk)
    given: dict[str, Any] = {**changes}
    moods = {m: given.pop(f"mood_{m}") for m in ("before", "after") if f"mood_{m}" in given}
    check_moods(moods)
    check_words(**(words := _words(given)))
    done_at = given.pop("done_at", locked.done_at)
    if done_at != locked.done_at:
        check_time(done_at, now)
        locked.done_at, locked.local_on = done_at, clock.local_day(done_at, person.time_zone)
    for name in given.keys() - words.keys():
        setattr(locked, name, given[name])
    check_values(_values_of(locked))
    locked.save()
    rate(person, locked, moods, now)
    reflect(person, locked, words)
    return locked


def _values_of(log: SessionLog) -> LogValues:
    return LogValues(
        minutes=log.minutes,
        intensity=log.intensity,
        is_floor=log.is_floor,
        setting=log.setting,
        company=log.company,
    )


def delete_log(*, person: User, log: SessionLog) -> None:
    """Remove a log and its ratings for good."""
    _check_own(person, log)
    log.delete()


def _words(given: Mapping[str, Any]) -> Words:
    """Return what is said of how it was, without the blanks around it."""
    words = {name: given[name] for name in Words.__annotations__ if name in given}
    if "note" in words:
        words["note"] = words["note"].strip()
    return cast("Words", words)


def _insert(address: UUID, columns: dict[str, Any], moods: Moods, words: Words, now: datetime) -> SessionLog:
    try:
        with transaction.atomic():
            log = SessionLog.objects.create(uuid=address, created_at=now, **columns)
            rate(log.person, log, moods, now)
            reflect(log.person, log, words)
    except IntegrityError:  # sent twice at the same instant, and the other one was first
        return get_visible(SessionLog.objects.all(), columns["person"], uuid=address)
    return log


def _followed(person: User, session: Session | None, enrollment: Enrollment | None) -> Enrollment | None:
    """Return the following that the log belongs to; a step that is followed need not say so."""
    if enrollment is None:
        if session is None:
            return None
        own = Enrollment.objects.active().filter(person=person)
        return own.filter(template__week_set__sessions=session).first()
    if enrollment.person_id != person.pk:
        raise InvalidInput("unknown", _("This plan is not among those you follow."), field="enrollment")
    if session is not None and session.week.template_id != enrollment.template_id:
        raise InvalidInput("other_plan", _("This step belongs to another plan."), field="session")
    return enrollment


def _kind(exercise_type: ExerciseType | None, session: Session | None) -> ExerciseType:
    if exercise_type is not None:
        return exercise_type
    if session is None:
        raise InvalidInput("kind", _("Say what kind of movement it was."), field="exercise_type")
    return session.exercise_type


def _check_own(person: User, log: SessionLog) -> None:
    if log.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
