"""A plan of one's own made of the rungs of a ladder. The arithmetic is `plans.ladder`'s; here it gets its words."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.errors import InvalidInput
from library.models import ExerciseType
from plans.drafts import PlanDraft, StepDraft, WeekDraft
from plans.ladder import KM, MOST, STEPS, Ladder, Rung, TooLong, floor_of, rungs
from plans.models import PlanTemplate
from plans.models.templates import Intensity
from plans.services.own import make_plan


@dataclass(frozen=True)
class Drawn:
    """A ladder with its rungs, a week each, and in its words, before it is a plan."""

    title: str
    explained: str
    rungs: list[Rung]
    small: Rung
    floor: str  # the small version in words


def ladder_of(*, start: Decimal, goal: Decimal, unit: str, growth: str, times: int) -> Ladder:
    """Return the ladder, or raise InvalidInput on the field that makes none."""
    if unit not in STEPS:
        raise InvalidInput("choice", _("This is not one of the choices."), field="unit")
    if start % STEPS[unit] or goal % STEPS[unit]:
        raise InvalidInput("step", _("Whole repetitions, or kilometres with one decimal."), field="start")
    if goal > MOST[unit]:
        message = _("At most %(most)s.") % {"most": in_words(MOST[unit], unit)}
        raise InvalidInput("goal", message, field="goal")
    if not STEPS[unit] <= start < goal:
        raise InvalidInput("goal", _("The goal is more than where you start."), field="goal")
    try:
        return Ladder(start=start, goal=goal, unit=unit, growth=growth, times=times)
    except (ValueError, KeyError) as error:
        raise InvalidInput("times", _("Between once and seven times a week."), field="times") from error


def rungs_of(ladder: Ladder) -> list[Rung]:
    try:
        return rungs(ladder)
    except TooLong as error:
        message = _(
            "At this pace it takes more than a year. Choose a goal that is nearer; the next ladder starts there."
        )
        raise InvalidInput("too_long", message, field="goal") from error


def drawn(ladder: Ladder, *, title: str = "") -> Drawn:
    """Return what the plan would be made of; nothing is stored."""
    found, small = rungs_of(ladder), floor_of(ladder)
    return Drawn(
        title=title.strip() or name_of(ladder),
        explained=explained(ladder, len(found)),
        rungs=found,
        small=small,
        floor=small_in_words(ladder, small),
    )


@transaction.atomic
def make_ladder(*, person: User, title: str, kind: ExerciseType, ladder: Ladder) -> PlanTemplate:
    """Make a plan of the person's own of the ladder's rungs, a week each. It can be followed at once."""
    found = drawn(ladder, title=title)
    weeks = [_week(rung, number, found, kind, ladder) for number, rung in enumerate(found.rungs, start=1)]
    draft = PlanDraft(title=found.title, goal=found.explained, growth=ladder.growth, weeks=weeks)
    return make_plan(person=person, draft=draft, is_ready=True)


def in_words(amount: Decimal, unit: str) -> str:
    number = number_format(amount.normalize() + 0 if amount % 1 else int(amount))
    if unit == KM:
        return _("%(amount)s km") % {"amount": number}
    return ngettext("%(amount)s repetition", "%(amount)s repetitions", int(amount)) % {"amount": number}


def name_of(ladder: Ladder) -> str:
    values = {"start": in_words(ladder.start, ladder.unit), "goal": in_words(ladder.goal, ladder.unit)}
    return _("From %(start)s to %(goal)s") % values


def explained(ladder: Ladder, weeks: int) -> str:
    """Say in words how the rungs came about."""
    values = {
        "weeks": weeks,
        "percent": ladder.percent,
        "least": in_words(STEPS[ladder.unit], ladder.unit),
        "goal": in_words(ladder.goal, ladder.unit),
    }
    return (
        _(
            "%(goal)s in %(weeks)d rungs, one a week. Each rung is at most %(percent)d percent more than the last, "
            "or %(least)s where that is more. Stay on a rung for as long as you like."
        )
        % values
    )


def small_in_words(ladder: Ladder, small: Rung) -> str:
    if small.amount:
        return _("%(amount)s, as slowly as you like.") % {"amount": in_words(small.amount, ladder.unit)}
    return _("Ten minutes, as slowly as you like.")


def _week(rung: Rung, number: int, found: Drawn, kind: ExerciseType, ladder: Ladder) -> WeekDraft:
    step = StepDraft(
        exercise_type=kind,
        minutes=rung.minutes,
        intensity=Intensity.MODERATE,
        title=in_words(rung.amount, ladder.unit),
        instruction=_("At a pace at which you could talk. The minutes are an estimate; take the time you need."),
        floor=found.floor,
        floor_minutes=min(found.small.minutes, rung.minutes),
        amount=rung.amount,
        unit=ladder.unit,
    )
    place = {"number": number, "count": len(found.rungs)}
    return WeekDraft([step] * ladder.times, focus=_("Rung %(number)d of %(count)d") % place)
