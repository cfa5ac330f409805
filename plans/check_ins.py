"""A person's check-ins, read: one row a scale with what came of it, and what their plans suggest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import User
from core import clock
from plans.models import CheckIn, Enrollment
from plans.scales.line import Line, line_of
from plans.scales.questionnaires import Questionnaire
from plans.scales.scoring import Band, Scale, scales
from plans.scales.switched_on import switched_on
from plans.scales.timing import is_suggested, next_on


@dataclass(frozen=True)
class Result:
    """One check-in with what its score means."""

    check_in: CheckIn

    @property
    def scale(self) -> Scale:
        return scales()[self.check_in.scale]

    @property
    def band(self) -> Band:
        return self.scale.band_of(self.check_in.score)

    @property
    def is_worth_a_talk(self) -> bool:
        return self.scale.is_worth_a_talk(self.check_in.score)


@dataclass(frozen=True)
class Row:
    """A scale, whether and from when it can be taken, and the person's results, the latest first."""

    scale: Scale
    questionnaire: Questionnaire | None  # None: switched off since
    next_on: date
    is_open: bool
    results: list[Result] = field(default_factory=list)

    @property
    def line(self) -> Line | None:
        past = [(result.check_in.taken_on, result.check_in.score) for result in reversed(self.results)]
        return line_of(past, self.scale.lowest, self.scale.highest)


def rows_for(person: User, now: datetime) -> list[Row]:
    """Return a row for each scale that is on, and for each that the person has results of. One query."""
    today = clock.local_day(now, person.time_zone)
    own: dict[str, list[Result]] = {}
    for check_in in CheckIn.objects.visible_to(person).filter(scale__in=scales()).latest_first():
        own.setdefault(check_in.scale, []).append(Result(check_in))
    on = switched_on()
    return [_row(key, on.get(key), own.get(key, []), today) for key in [*on, *(k for k in own if k not in on)]]


def row_for(person: User, key: str, now: datetime) -> Row:
    return next(row for row in rows_for(person, now) if row.scale.key == key)


def _row(key: str, questionnaire: Questionnaire | None, results: list[Result], today: date) -> Row:
    day = next_on(results[0].check_in.taken_on if results else None, today)
    return Row(scales()[key], questionnaire, day, questionnaire is not None and day == today, results)


def suggested_for(person: User, enrollments: Sequence[Enrollment], now: datetime) -> list[Scale]:
    """Return the scales that the plans a person follows suggest now, each once. Asks nothing if none is on."""
    if not (on := switched_on()):
        return []
    today, found = clock.local_day(now, person.time_zone), []
    by_code = {questionnaire.scale.code: questionnaire.scale for questionnaire in on.values()}
    days = CheckIn.objects.visible_to(person).order_by("taken_on").values_list("scale", "taken_on")
    last = dict(days)
    for enrollment in enrollments:
        scale = by_code.get(enrollment.template.check_in_scale)
        if scale is None or scale in found:
            continue
        if is_suggested(enrollment.starts_on, enrollment.template.check_in_weeks, last.get(scale.key), today):
            found.append(scale)
    return found
