"""Writing the steps of a person's own week, and keeping what was done of those that go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from plans.written import LINKS

OUT_OF_THE_WAY = 1000  # added to numbers while steps change places
TEXTS = ("title", "instruction", "floor")
COLUMNS = ("week", "number", "exercise_type", "minutes", "intensity", "floor_minutes", "amount", "unit")
REASONS = 2  # of a kind, when the person names none


def say(row: models.Model, name: str, text: str) -> bool:
    """Set a text in the reader's language, in which alone it then exists; one that is as it was stays, and is False."""
    clean = text.strip()
    if row.pk and (getattr(row, name) or "") == clean:
        return False
    for language in LANGUAGES:
        setattr(row, build_localized_fieldname(name, language), clean if language == get_language() else "")
    return True


def localized(*names: str) -> list[str]:
    """Return the columns in which these texts are kept, one for each language."""
    return [build_localized_fieldname(name, language) for name in names for language in LANGUAGES]


@dataclass(frozen=True)
class LaidOut:
    """Steps as they will be, each with its reasons, and those that go. Nothing of it is written yet."""

    steps: list[Session]
    gone: list[Session]
    changed: list[Session]  # of those that stay, as is the next
    moved: list[Session]

    def write(self) -> None:
        """Write what goes, what is changed and what is new; weeks that are new have been written."""
        let_go(self.gone)
        if self.moved:
            Session.objects.filter(pk__in=[step.pk for step in self.moved]).update(number=F("number") + OUT_OF_THE_WAY)
        keep_steps([step for step in self.steps if step.pk is None], changed=self.changed)
        wanted = [(step, [reason.pk for reason in step.shown_mechanisms]) for step in self.steps]
        let_go_of_reasons([pk for step, keys in wanted for key, pk in step.reason_links.items() if key not in keys])
        set_reasons((step, [key for key in keys if key not in step.reason_links]) for step, keys in wanted)


def lay_out(
    weeks: Sequence[tuple[Week, Sequence[StepDraft]]], person: User, *, there: Iterable[Session] = ()
) -> LaidOut:
    """Return the steps of weeks of one plan as the drafts say, in their order, however many there are.

    A step of `there`, which came with what is written in the plan, stays the same step where a draft names it, wherever
    it stood; those that none names go. What names no step of these, or one that was named before, is new.
    """
    nameless = [step.exercise_type for _week, steps in weeks for step in steps if not step.mechanisms]
    reasons = strongest_reasons(nameless, person)
    rows = {row.pk: row for row in there}
    laid = LaidOut([], [], [], [])
    for week, steps in weeks:
        week.shown_sessions = []
        for number, step in enumerate(steps, start=1):
            row = rows.pop(step.pk or 0, None) or Session()
            before = _columns_of(row) if row.pk else []
            _say_step(row, week, number, step)
            show_reasons(row, step.mechanisms or reasons.get(row.exercise_type_id, []))
            week.shown_sessions.append(row)
            laid.steps.append(row)
            if not before:
                row.reason_links = {}
            elif (after := _columns_of(row)) != before:
                laid.changed.append(row)
                laid.moved.extend([row] if after[:2] != before[:2] else [])
    laid.gone.extend(rows.values())
    return laid


def _columns_of(row: Session) -> list[Any]:
    """Return what can be changed of a step, its place first."""
    return [getattr(row, name) for name in (*COLUMNS, *localized(*TEXTS))]


def _say_step(row: Session, week: Week, number: int, step: StepDraft) -> None:
    row.week, row.number = week, number
    row.exercise_type, row.minutes, row.intensity = step.exercise_type, step.minutes, step.intensity
    row.floor_minutes = step.small_minutes
    row.amount, row.unit = step.amount, step.unit
    for name in TEXTS:
        say(row, name, getattr(step, name))


def show_reasons(row: Session, reasons: Iterable[Mechanism]) -> None:
    """Have the reasons, which came with their domains, at hand as they are read later: once each, in their order."""
    row.shown_mechanisms = sorted(set(reasons), key=lambda reason: (reason.domain.order, reason.order, reason.pk))
    row.has_reasons = bool(row.shown_mechanisms)


def keep_steps(new: Sequence[Session], *, changed: Sequence[Session] = ()) -> None:
    """Write steps that are changed and those that are new, in a statement each."""
    rows: Any = Session.objects.all()
    # Each text is written in its own column, and not in that of the reader's language.
    rows.rewrite(mode=False).bulk_update(changed, [*COLUMNS, *TEXTS, *localized(*TEXTS)])
    rows.bulk_create(new)


def let_go_of_reasons(links: Sequence[int]) -> None:
    if links:
        LINKS.objects.filter(pk__in=links).delete()


def set_reasons(reasons: Iterable[tuple[Session, Iterable[int]]]) -> None:
    """Say of steps why they help, each by keys of mechanisms that it has not named yet."""
    LINKS.objects.bulk_create(LINKS(session_id=step.pk, mechanism_id=key) for step, keys in reasons for key in keys)


def let_go(steps: Sequence[Session]) -> None:
    """Remove steps; what was done of them keeps their titles."""
    if steps:
        keep_words_of([step for step in steps if step.is_noted])
        Session.objects.filter(pk__in=[step.pk for step in steps]).delete()


def strongest_reasons(kinds: Sequence[ExerciseType], viewer: Viewer) -> dict[int, list[Mechanism]]:
    """Return kind id → the mechanisms that it emphasises most, of those that the viewer can read about."""
    found: dict[int, list[Mechanism]] = {}
    rows = Emphasis.objects.filter(exercise_type__in=kinds, weight__gt=0).select_related("mechanism__domain")
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
