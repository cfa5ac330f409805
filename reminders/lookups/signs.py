"""What shows that somebody is there, read beside other rows in one query, in days of the person's own zone."""

from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery

from core import clock
from groups.models import Attendance, BuddyWord, Rsvp
from plans.models import SessionLog

MOMENTS = ("logged_at", "answered_at", "turned_out_at")
DAYS = ("logged_on", "said_on")


def signs_of(person: str) -> dict[str, Subquery]:
    """Return what to annotate rows with whose person is in the field `person`: a log, an answer, a turn-out, a word."""
    own = {"person": OuterRef(person)}
    logs = SessionLog.objects.filter(**own)
    return {
        "logged_on": last(logs, "local_on"),
        "logged_at": last(logs, "created_at"),
        "answered_at": last(Rsvp.objects.filter(**own), "answered_at"),
        "turned_out_at": last(Attendance.objects.filter(**own), "event__starts_at"),
        "said_on": last(BuddyWord.objects.filter(**own), "local_on"),
    }


def last(rows: QuerySet[Any], column: str, *, person: str = "person") -> Subquery:
    return Subquery(rows.order_by().values(person).annotate(last=Max(column)).values("last"))


def days_of(row: Any, zone: str, *, moments: tuple[str, ...] = (), days: tuple[str, ...] = ()) -> list[date]:
    """Return the days of the signs of a row that came with them, and of further columns."""
    found = [getattr(row, name) for name in (*DAYS, *days)]
    found += [clock.local_day(at, zone) for name in (*MOMENTS, *moments) if (at := getattr(row, name)) is not None]
    return [day for day in found if day is not None]
