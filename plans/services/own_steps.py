"""Writing the steps of a person's own week, and keeping what was done of those that go."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from core.visibility import Viewer
from library.models import Emphasis, ExerciseType, Mechanism
from plans.drafts import StepDraft
from plans.manuscript import LANGUAGES
from plans.models import Session, SessionLog, Week

OUT_OF_THE_WAY = 1000  # added to numbers while steps change places
TEXTS = ("title", "instruction", "floor")
COLUMNS = ("week", "number", "exercise_type", "minutes", "intensity", "floor_minutes", "amount", "unit")
REASONS = 2  # of a kind, when the person names none


def say(row: models.Model, name: str, text: str) -> None:
    """Write a text in the reader's language, in which alone it then exists; one that has not changed stays as it is."""
    clean = text.strip()
    if row.pk and (getattr(row, name) or "") == clean:
        return
    for language in LANGUAGES:
        setattr(row, build_localized_fieldname(name, language), clean if language == get_language() else "")


def localized(*names: str) -> list[str]:
    """Return the columns in which these texts are kept, one for each language."""
    return [build_localized_fieldname(name, language) for name in names for language in LANGUAGES]


def write_steps(weeks: Sequence[tuple[Week, Sequence[StepDraft]]], person: User, *, are_new: bool = False) -> None:
    """Make the steps of weeks of one plan read as the drafts, in their order, however many there are.

    A step that a draft names stays the same step, and may come from another of the plan's weeks. `are_new`: the weeks
    have no steps yet.
    """
    drafts = [step for _week, steps in weeks for step in steps]
    named = {step.pk for step in drafts if step.pk}
    there = Session.objects.filter(week__template__in={week.template_id for week, _ in weeks})
    rows = {row.pk: row for row in there} if named or not are_new else {}
    here = {week.pk for week, _steps in weeks}
    let_go([row for row in rows.values() if row.week_id in here and row.pk not in named])
    if rows:
        Session.objects.filter(week__in=here).update(number=F("number") + OUT_OF_THE_WAY)
    reasons = strongest_reasons([step.exercise_type for step in drafts if not step.mechanisms], person)
    written = [
        (_written(rows.get(step.pk or 0) or Session(), week, number, step), step)
        for week, steps in weeks
        for number, step in enumerate(steps, start=1)
    ]
    known = [row for row, _step in written if row.pk is not None]
    keep_steps([row for row, _step in written])
    let_go_of_reasons(known)
    set_reasons({row: step.mechanisms or reasons.get(row.exercise_type_id, []) for row, step in written})


def _written(row: Session, week: Week, number: int, step: StepDraft) -> Session:
    row.week, row.number = week, number
    row.exercise_type, row.minutes, row.intensity = step.exercise_type, step.minutes, step.intensity
    row.floor_minutes = step.small_minutes
    row.amount, row.unit = step.amount, step.unit
    for name in TEXTS:
        say(row, name, getattr(step, name))
    return row


def keep_steps(steps: Sequence[Session]) -> None:
    """Write new steps and changed ones, in a statement each."""
    rows: Any = Session.objects.all()
    kept, new = [step for step in steps if step.pk is not None], [step for step in steps if step.pk is None]
    # Each text is written in its own column, and not in that of the reader's language.
    rows.rewrite(mode=False).bulk_update(kept, [*COLUMNS, *TEXTS, *localized(*TEXTS)])
    rows.bulk_create(new)


def let_go_of_reasons(steps: Sequence[Session]) -> None:
    if steps:
        Session.mechanisms.through.objects.filter(session__in=steps).delete()


def set_reasons(reasons: Mapping[Session, Iterable[Mechanism]]) -> None:
    """Say of each step, of which nothing is said yet, why it helps."""
    Session.mechanisms.through.objects.bulk_create(
        Session.mechanisms.through(session_id=step.pk, mechanism_id=pk)
        for step, mechanisms in reasons.items()
        for pk in dict.fromkeys(mechanism.pk for mechanism in mechanisms)
    )


def let_go(steps: Sequence[Session]) -> None:
    """Remove steps; what was done of them keeps their titles."""
    if steps:
        keep_words_of(steps)
        Session.objects.filter(pk__in=[step.pk for step in steps]).delete()


def strongest_reasons(kinds: Sequence[ExerciseType], viewer: Viewer) -> dict[int, list[Mechanism]]:
    """Return kind id → the mechanisms that it emphasises most, of those that the viewer can read about."""
    found: dict[int, list[Mechanism]] = {}
    rows = Emphasis.objects.filter(exercise_type__in=kinds, weight__gt=0).select_related("mechanism")
    readable = rows.filter(mechanism__in=Mechanism.objects.visible_to(viewer))
    for row in readable.order_by("-weight", "mechanism__order", "pk"):
        best = found.setdefault(row.exercise_type_id, [])
        if len(best) < REASONS:
            best.append(row.mechanism)
    return found


def keep_words_of(steps: Iterable[Session]) -> None:
    """Give the logs of steps that are about to go the steps' titles, where they have none of their own."""
    titles = {step.pk: step.title for step in steps if step.title}
    if titles:
        said = Case(*(When(session=pk, then=Value(title)) for pk, title in titles.items()))
        SessionLog.objects.filter(session__in=titles, title="").update(title=said)
