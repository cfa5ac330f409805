"""Session cues and moved steps whose instant has come, each in its person's own zone.

`next_at` only says where to look: what is due, the wall clock decides. So a hint that came too early is set right,
and one that nobody has computed yet (None) means "look now".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import ExpressionWrapper, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core import clock
from plans.cue_times import NEVER, next_instant
from plans.models import Cue, DayChange

WINDOW = timedelta(hours=2)


@dataclass(frozen=True)
class DueCue:
    """A cue of one local day, and the instant at which it came due."""

    enrollment: UUID
    person_id: int
    day: date
    due_at: datetime


@dataclass(frozen=True)
class Look:
    """What was seen of one row: what is due of it now, if anything, and when to look again."""

    pk: int
    due: DueCue | None
    next_at: datetime


def look_at_cues(pks: Iterable[int], *, now: datetime) -> list[Look]:
    """Return what these cues hold now, in one query."""
    rows = Cue.objects.filter(pk__in=pks).values_list(
        "pk", "weekday", "at_time", "enrollment__uuid", "enrollment__starts_on", "enrollment__ended_at",
        Coalesce("chosen_at", "enrollment__created_at"),
        "enrollment__person_id", "enrollment__person__is_active", "enrollment__person__time_zone",
    )  # fmt: skip
    return [_cue(*row, now=now) for row in rows]


def look_at_changes(pks: Iterable[int], *, now: datetime) -> list[Look]:
    """Return what these moved steps hold now, in one query: at the time chosen for them or that of the planned day."""
    weekday = ExpressionWrapper(OuterRef("planned_on__iso_week_day") - 1, output_field=IntegerField())
    planned = Cue.objects.filter(enrollment=OuterRef("enrollment"), weekday=weekday).values("at_time")
    rows = (
        DayChange.objects.filter(pk__in=pks)
        .annotate(wall=Coalesce("at_time", Subquery(planned[:1])))
        .values_list(
            "pk", "moved_to", "wall", "created_at", "enrollment__uuid", "enrollment__ended_at",
            "enrollment__person_id", "enrollment__person__is_active", "enrollment__person__time_zone",
        )
    )  # fmt: skip
    return [_change(*row, now=now) for row in rows]


def _cue(  # the columns of a row, in their order
    pk: int, weekday: int, wall: Any, uuid: UUID, starts_on: date, ended_at: datetime | None,
    chosen_at: datetime, person_id: int, is_active: bool, zone: str, *, now: datetime,  # noqa: FBT001
) -> Look:  # fmt: skip
    if ended_at is not None:
        return Look(pk, None, NEVER)
    comes = next_instant(weekday, wall, zone, after=now - WINDOW, not_before=starts_on)
    if comes > now:
        return Look(pk, None, comes)
    due = DueCue(uuid, person_id, clock.local_day(comes, zone), comes) if is_active and chosen_at <= comes else None
    return Look(pk, due, next_instant(weekday, wall, zone, after=now, not_before=starts_on))


def _change(
    pk: int, day: date | None, wall: Any, changed_at: datetime, uuid: UUID, ended_at: datetime | None,
    person_id: int, is_active: bool, zone: str, *, now: datetime,  # noqa: FBT001
) -> Look:  # fmt: skip
    if ended_at is not None or day is None or wall is None or not clock.has_day(day, zone):
        return Look(pk, None, NEVER)
    comes = clock.instant_of(day, wall, zone)
    if comes > now:
        return Look(pk, None, comes)
    is_due = is_active and changed_at <= comes and now - WINDOW < comes
    return Look(pk, DueCue(uuid, person_id, day, comes) if is_due else None, NEVER)
