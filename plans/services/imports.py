"""Bringing in an activity from a file: the summary becomes a log, and the rest is gone."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from core.errors import InvalidInput
from plans.brought import Brought, bring
from plans.imports.reading import read
from plans.imports.summary import Refused
from plans.imports.words import REFUSALS
from plans.models import SessionLog
from plans.services.log_checks import CLOCK_SLACK, OLDEST
from plans.services.logs import log_session

A_MINUTE = timedelta(minutes=1)


def read_file(*, person: User, data: bytes, now: datetime, age: int | None = None) -> Brought:
    """Return what the file sums up to. Raises InvalidInput on `file`; nothing is written."""
    try:
        brought = bring(person, data, read(data), age)
        if brought.done_at > now + CLOCK_SLACK:
            raise Refused("future")
        if brought.done_at < now - OLDEST:
            raise Refused("long_ago")
    except Refused as error:
        raise InvalidInput(error.code, REFUSALS[error.code], field="file") from error
    return brought


def already_noted(person: User, brought: Brought) -> SessionLog | None:
    """Return the log of the same file, if the person has brought it in before."""
    return SessionLog.objects.visible_to(person).filter(uuid=brought.uuid).first()


def log_brought(*, person: User, now: datetime, brought: Brought, **felt: Any) -> SessionLog:
    """Note what was brought in, with what the person adds to it. The same file twice is one log, the first."""
    if found := already_noted(person, brought):
        return found
    done_at = felt.pop("done_at", None) or brought.done_at
    moved = done_at - brought.done_at  # by the person; the form shows no seconds
    of_file = {"minutes": brought.minutes, "distance_m": brought.distance_m}
    fixed = {
        "uuid": brought.uuid,
        "done_at": done_at,
        "started_at": brought.started_at if abs(moved) < A_MINUTE else brought.started_at + moved,
        "source": brought.source,
        "external_id": brought.external_id,
    }
    return log_session(person=person, now=now, **{**of_file, **felt, **fixed})
