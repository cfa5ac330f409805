"""What a plan of one's own still needs, as a list that leads to where it is missing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plans.models import PlanTemplate
from plans.services.gate import Lack, lacks


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
    """Return what keeps the plan, which came with its schedule, or one of its weeks from being followed."""
    found = [_placed(lack) for lack in lacks(plan)]
    return [lack for lack in found if week is None or lack.week == week]


def _placed(lack: Lack) -> Lacking:
    path, message = lack
    parts = path.split(".")
    week = int(parts[1]) if parts[0] == "week_set" else None
    step = int(parts[3]) if week and len(parts) > 4 else None  # noqa: PLR2004 - week_set.1.sessions.2.floor
    return Lacking(parts[-1], message, week, step)
