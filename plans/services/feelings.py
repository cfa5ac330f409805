"""Keeping how it felt, in tables that only their person reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from accounts.models import User
from plans.models import MoodRating, Reflection, SessionLog
from plans.services.log_checks import Moods


class Words(TypedDict, total=False):
    """What a reflection holds; what is left out stays as it is."""

    mastery: int | None
    pleasure: int | None
    note: str


def keep(log: SessionLog, moods: Moods, words: Words, now: datetime) -> None:
    """Write what is said with a new log, which has its details with it then."""
    rated = [MoodRating(log=log, moment=m, value=v, rated_at=now) for m, v in moods.items() if v is not None]
    log.shown_moods = MoodRating.objects.bulk_create(rated)
    log.shown_reflection = [Reflection.objects.create(log=log, **words)] if _says_something(words) else []


def rewrite(person: User, log: SessionLog, moods: Moods, words: Words, now: datetime) -> None:
    """Write what differs in a log that came with all of this under its lock. None takes a mood back.

    A reflection that says nothing any more goes.
    """
    _rate(person, log, moods, now)
    if words:
        _reflect(log, words)


def _rate(person: User, log: SessionLog, moods: Moods, now: datetime) -> None:
    kept = {mood.moment: mood for mood in log.shown_moods}
    gone = [kept.pop(moment) for moment, value in moods.items() if value is None and moment in kept]
    said = {moment: value for moment, value in moods.items() if value is not None}
    new = [
        MoodRating(log=log, moment=moment, value=value, rated_at=now)
        for moment, value in said.items()
        if moment not in kept or kept[moment].value != value
    ]
    if gone:
        MoodRating.objects.visible_to(person).filter(pk__in=[mood.pk for mood in gone]).delete()
    MoodRating.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["log", "moment"], update_fields=["value", "rated_at"]
    )
    kept |= {mood.moment: mood for mood in new}
    log.shown_moods = [kept[moment] for moment in MoodRating.Moment.values if moment in kept]


def _reflect(log: SessionLog, words: Words) -> None:
    reflection = log.reflection or Reflection(log=log)
    before = {name: getattr(reflection, name) for name in Words.__annotations__}
    after = {**before, **words}
    for name, value in words.items():
        setattr(reflection, name, value)
    if not _says_something(after):
        if reflection.pk:
            reflection.delete()
        log.shown_reflection = []
    elif after != before:
        reflection.save()
        log.shown_reflection = [reflection]


def _says_something(words: Mapping[str, Any]) -> bool:
    return any(value not in {None, ""} for value in words.values())
