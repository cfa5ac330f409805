"""The gate: what a plan must have before anybody may follow it. It writes nothing.

A plan by editors needs its sources and every text in both languages. A person's own plan needs neither:
one language, a title and a small version of every step. The caps on growth hold for both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from django.db import models
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from core.errors import InvalidInput
from core.visibility import get_still
from library import dose
from plans.manuscript import LANGUAGES, RESERVED
from plans.models import PlanTemplate, Session, Week
from plans.models.templates import PlanTemplateQuerySet, schedule_of

type Lack = tuple[str, str]  # field, what is wrong with it

MAX_WEEKS, MAX_STEPS = 52, 21  # of a plan; a week
GAPS = ("small_after_days", "repeat_after_days", "back_after_days", "restart_after_days")


class NotReady(InvalidInput):
    """The gate stays shut. `lacks` are all the reasons, the first of which is the error's own."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__("not_publishable", lacks[0][1], field=lacks[0][0])
        self.lacks = lacks


def with_all(templates: PlanTemplateQuerySet) -> PlanTemplateQuerySet:
    """Bring all that the gate looks at, in a fixed number of queries."""
    schedule = schedule_of(Week.objects.all(), Session.objects.knowing_reasons())
    return templates.prefetch_related(schedule, "contraindications", "citations")


def whole(template: PlanTemplate) -> PlanTemplate:
    """Return the plan as it is now with all that the gate looks at, its row locked."""
    return get_still(with_all(PlanTemplate.objects.select_for_update(of=("self",))), template)


def require_ready(template: PlanTemplate) -> None:
    """Raise NotReady unless the plan, which came `whole` or is at hand as it will be, can be followed as it is."""
    if found := list(lacks(template)):
        raise NotReady(found)


def lacks(template: PlanTemplate) -> Iterator[Lack]:
    """Say what keeps the plan from being published."""
    weeks = template.shown_weeks
    if template.owner_id is None:
        yield from _lacks_of_editors(template)
    elif not template.title.strip():
        yield "title", _("Give your plan a name.")
    yield from _lacks_of_pace(template)
    if not weeks:
        yield "weeks", _("The plan has no week yet.")
    elif len(weeks) != template.weeks:
        yield "weeks", _("The number of weeks differs from the weeks that are written.")
    if len(weeks) > MAX_WEEKS:
        yield "weeks", _("A plan has at most %(most)d weeks.") % {"most": MAX_WEEKS}
    for week in weeks:
        yield from _lacks_of_week(template, week)
    yield from _lacks_of_growth(template, weeks)


def _lacks_of_editors(template: PlanTemplate) -> Iterator[Lack]:
    if template.slug in RESERVED:
        yield "slug", _("This word is the address of another page.")
    if not template.citations.all():
        yield "citations", _("Name at least one source.")
    yield from _untranslated(template)
    for caution in template.contraindications.all():
        yield from _untranslated(caution, "contraindications.")


def _lacks_of_pace(template: PlanTemplate) -> Iterator[Lack]:
    if not 1 <= template.move_on_percent <= 100:  # noqa: PLR2004 - percent
        yield "move_on_percent", _("Between 1 and 100 percent.")
    if template.small_after_days < 1:
        yield "small_after_days", _("At least one day.")
    for before, after in pairwise(GAPS):
        if getattr(template, after) < getattr(template, before):
            yield after, _("These days come in order: none is fewer than the one before.")


def _lacks_of_week(template: PlanTemplate, week: Week) -> Iterator[Lack]:
    where = f"week_set.{week.number}."
    steps = week.shown_sessions
    if template.owner_id is None:
        yield from _untranslated(week, where)
    if not steps:
        yield f"{where}sessions", _("This week has no session yet.")
    if len(steps) > MAX_STEPS:
        yield f"{where}sessions", _("A week has at most %(most)d steps.") % {"most": MAX_STEPS}
    for step in steps:
        at = f"{where}sessions.{step.number}."
        yield from _unnamed(step, at) if template.owner_id else _untranslated(step, at)
        if not step.has_reasons:
            yield f"{at}mechanisms", _("Say at least one reason why this helps.")


def _unnamed(step: Session, at: str) -> Iterator[Lack]:
    if not (step.title or "").strip():
        yield f"{at}title", _("Give this step a name.")
    if not (step.floor or "").strip():
        yield f"{at}floor", _("Say what its small version is: what you can do on a hard day.")


def _untranslated(row: models.Model, where: str = "") -> Iterator[Lack]:
    """Every text in both languages; a session without its floor is found here too."""
    for name in translator.get_options_for_model(type(row)).all_fields:
        for language in LANGUAGES:
            text = getattr(row, f"{name}_{language.replace('-', '_')}")
            if not (text or "").strip():
                yield f"{where}{name}", _("This text is needed in both languages.")


def _lacks_of_growth(template: PlanTemplate, weeks: Iterable[Week]) -> Iterator[Lack]:
    """Compare each week with the fuller of the two before it: a lighter week in between is a rest."""
    minutes = [sum(step.minutes for step in week.shown_sessions) for week in weeks]
    for place, week in enumerate(weeks):
        before = max(minutes[max(0, place - 2) : place], default=0)
        if before and minutes[place] > (most := dose.allowed_next(before, template.growth)):
            said = {"week": week.number, "minutes": minutes[place], "before": before, "most": most}
            yield (
                f"week_set.{week.number}.minutes",
                _("Week %(week)d asks for %(minutes)d minutes after %(before)d; at most %(most)d fits.") % said,
            )
