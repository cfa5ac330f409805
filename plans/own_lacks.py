"""What a plan of one's own still needs, as a list that leads to where it is missing."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from plans.models import PlanTemplate, Session, Week
from plans.services.gate import Lack, lacks, with_weeks


@dataclass(frozen=True)
class Lacking:
    """`week` and `step` are numbers, None where it is the plan as a whole."""

    field: str
    message: str
    week: int | None = None
    step: int | None = None

    @property
    def where(self) -> str:
        if self.step:
            return _("Week %(week)d, step %(step)d") % {"week": self.week, "step": self.step}
        return _("Week %(week)d") % {"week": self.week} if self.week else ""


def lacks_in_words(plan: PlanTemplate, *, week: int | None = None) -> list[Lacking]:
    """Return what keeps the plan, or one of its weeks, from being followed."""
    found = [_placed(lack) for lack in lacks_of(plan)]
    return [lack for lack in found if week is None or lack.week == week]


def _placed(lack: Lack) -> Lacking:
    path, message = lack
    parts = path.split(".")
    week = int(parts[1]) if parts[0] == "week_set" else None
    step = int(parts[3]) if week and len(parts) > 4 else None  # noqa: PLR2004 - week_set.1.sessions.2.floor
    return Lacking(parts[-1], message, week, step)


def lacks_of(plan: PlanTemplate) -> list[Lack]:
    """Return what the gate says of the plan, in a fixed number of queries."""
    return list(lacks(with_weeks(PlanTemplate.objects.all()).get(pk=plan.pk)))


def own_with_lacks(plan: PlanTemplate, person: User) -> tuple[PlanTemplate, list[Lack]]:
    """Return the person's own plan as it is shown, with what the gate says of it: read once for both."""
    sessions = Session.objects.visible_to(person).with_reasons(person).prefetch_related("mechanisms")
    weeks = Week.objects.visible_to(person).prefetch_related(Prefetch("sessions", sessions))
    mine = PlanTemplate.objects.visible_to(person).prefetch_related(Prefetch("week_set", weeks))
    found = mine.get(pk=plan.pk)
    found.shown_weeks = list(found.week_set.all())
    for week in cast("list[Any]", found.shown_weeks):
        week.shown_sessions = list(week.sessions.all())
    return found, list(lacks(found))
