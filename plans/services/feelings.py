"""Keeping how it felt, in tables that only their person reads."""

from datetime import datetime
from typing import TypedDict

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
    says_something = any(value not in {None, ""} for value in words.values())
    log.shown_reflection = [Reflection.objects.create(log=log, **words)] if says_something else []


def rate(person: User, log: SessionLog, moods: Moods, now: datetime) -> None:
    """Write the moods that are named; None takes one back."""
    own = MoodRating.objects.visible_to(person).filter(log=log)
    if taken_back := [moment for moment, value in moods.items() if value is None]:
        own.filter(moment__in=taken_back).delete()
    rated = [MoodRating(log=log, moment=m, value=v, rated_at=now) for m, v in moods.items() if v is not None]
    MoodRating.objects.bulk_create(
        rated, update_conflicts=True, unique_fields=["log", "moment"], update_fields=["value", "rated_at"]
    )


def reflect(person: User, log: SessionLog, words: Words) -> None:
    """Write what is named; a reflection that says nothing any more goes."""
    own = Reflection.objects.visible_to(person).filter(log=log)
    if words:
        own.update_or_create(log=log, defaults=dict(words))
        own.filter(mastery=None, pleasure=None, note="").delete()
