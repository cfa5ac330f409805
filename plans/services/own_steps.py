"""Writing the steps of a person's own week, and keeping what was done of those that go."""

from collections.abc import Collection, Sequence

from django.db import models
from django.db.models import F
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from accounts.models import User
from core.visibility import Viewer
from library.models import Emphasis, ExerciseType, Mechanism
from plans.drafts import StepDraft
from plans.manuscript import LANGUAGES
from plans.models import Session, SessionLog, Week

OUT_OF_THE_WAY = 1000  # added to numbers while steps change places
REASONS = 2  # of a kind, when the person names none


def say(row: models.Model, name: str, text: str) -> None:
    """Write a text in the reader's language, in which alone it then exists; one that has not changed stays as it is."""
    clean = text.strip()
    if row.pk and (getattr(row, name) or "") == clean:
        return
    for language in LANGUAGES:
        setattr(row, build_localized_fieldname(name, language), clean if language == get_language() else "")


def write_steps(week: Week, steps: Sequence[StepDraft], person: User, *, kept: Collection[int] = ()) -> None:
    """Make the week's steps read as the drafts, in their order.

    Steps may come from another week of the plan; those in `kept` are on their way to one.
    """
    rows = {row.pk: row for row in Session.objects.filter(week__template=week.template_id)}
    named = {step.pk for step in steps if step.pk} | set(kept)
    gone = Session.objects.filter(week=week).exclude(pk__in=named)
    keep_words_of(gone)
    gone.delete()
    Session.objects.filter(week=week).update(number=F("number") + OUT_OF_THE_WAY)
    reasons = strongest_reasons([step.exercise_type for step in steps if not step.mechanisms], person)
    for number, step in enumerate(steps, start=1):
        row = rows.get(step.pk or 0) or Session()
        _write(row, week, number, step)
        row.mechanisms.set(step.mechanisms or reasons.get(step.exercise_type.pk, []))


def _write(row: Session, week: Week, number: int, step: StepDraft) -> None:
    row.week, row.number = week, number
    row.exercise_type, row.minutes, row.intensity = step.exercise_type, step.minutes, step.intensity
    row.floor_minutes = step.small_minutes
    row.amount, row.unit = step.amount, step.unit
    for name in ("title", "instruction", "floor"):
        say(row, name, getattr(step, name))
    row.save()


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


def keep_words_of(steps: models.QuerySet[Session]) -> None:
    """Give the logs of steps that are about to go the steps' titles, where they have none of their own."""
    for step in steps:
        SessionLog.objects.filter(session=step, title="").update(title=step.title or "")
