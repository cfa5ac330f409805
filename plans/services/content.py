"""From content files to rows, as often as one likes.

A file that has not changed since it was last loaded is left alone, so what editors changed in the
admin stays. When it has changed, the file wins. Rows are found by slug and number and updated in
place, so that logs keep pointing to them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models, transaction

from core.errors import InvalidInput
from library.caching import content_changed
from library.models import Citation, ExerciseType, Mechanism, Need
from plans import manuscript
from plans.manuscript import ContentError, PaceText, PlanText, SessionText, Text, WeekText
from plans.models import Contraindication, PlanTemplate, Session, SessionLog, Week
from plans.services.publishing import publish_plan

FOLDER = Path(__file__).parent.parent / "content"


@dataclass(frozen=True)
class Slugs:
    """What of the library a plan may point to, by slug."""

    needs: dict[str, Need]
    citations: dict[str, Citation]
    types: dict[str, ExerciseType]
    mechanisms: dict[str, Mechanism]


@transaction.atomic
def load_plans(*, folder: Path = FOLDER) -> int:
    """Load every plan file; return how many had changed. Raise ContentError, and load nothing, if one is unfit."""
    plans = [manuscript.read(path) for path in sorted(folder.glob("*.yaml"))]
    loaded = dict(PlanTemplate.objects.by_editors().values_list("slug", "file_digest"))
    changed = [plan for plan in plans if loaded.get(plan.slug) != plan.digest]
    if changed:
        slugs = _slugs()
        for plan in changed:
            _load_plan(plan, slugs)
        content_changed()
    return len(changed)


def _slugs() -> Slugs:
    return Slugs(
        needs={row.slug: row for row in Need.objects.all()},
        citations={row.key: row for row in Citation.objects.all()},
        types={row.slug: row for row in ExerciseType.objects.all()},
        mechanisms={row.slug: row for row in Mechanism.objects.all()},
    )


def _load_plan(plan: PlanText, slugs: Slugs) -> None:
    values: dict[str, Any] = {
        "order": plan.order,
        "weeks": plan.weeks,
        "sessions_min": plan.sessions_min,
        "sessions_max": plan.sessions_max,
        "duration_days": plan.duration_days,
        "check_in_scale": plan.check_in_scale,
        "check_in_weeks": plan.check_in_weeks,
        "file_digest": plan.digest,
        **_pace(plan.pace),
    }
    for name, text in plan.texts.items():
        values |= _columns(name, text)
    template, _created = PlanTemplate.objects.update_or_create(slug=plan.slug, defaults=values)
    template.needs.set(_found(slugs.needs, plan.needs, plan.file, "needs"))
    template.citations.set(_found(slugs.citations, plan.citations, plan.file, "citations"))
    for order, caution in enumerate(plan.contraindications, start=1):
        Contraindication.objects.update_or_create(template=template, order=order, defaults=_columns("text", caution))
    template.contraindications.filter(order__gt=len(plan.contraindications)).delete()
    for week in plan.schedule:
        _load_week(plan, template, week, slugs)
    _drop_unwritten(template, plan)
    _publish(template, plan)


def _pace(pace: PaceText) -> dict[str, Any]:
    gaps = {f"{name}_after_days": days for name, days in pace.gap_days.items()}
    return {"growth": pace.growth, "move_on_percent": pace.move_on_percent, **gaps}


def _load_week(plan: PlanText, template: PlanTemplate, text: WeekText, slugs: Slugs) -> None:
    focus = _columns("focus", text.focus)
    week, _created = Week.objects.update_or_create(template=template, number=text.number, defaults=focus)
    for session in text.sessions:
        _load_session(plan, week, session, slugs)


def _load_session(plan: PlanText, week: Week, text: SessionText, slugs: Slugs) -> None:
    where = f"schedule.{week.number}.sessions.{text.number}"
    values: dict[str, Any] = {
        "exercise_type": _found(slugs.types, [text.kind], plan.file, f"{where}.kind")[0],
        "minutes": text.minutes,
        "intensity": text.intensity,
        "floor_minutes": text.floor_minutes,
        "day": text.day,
        "met_code": text.met_code,
        **_columns("title", text.title),
        **_columns("instruction", text.instruction),
        **_columns("floor", text.floor),
    }
    session, _created = Session.objects.update_or_create(week=week, number=text.number, defaults=values)
    session.mechanisms.set(_found(slugs.mechanisms, text.mechanisms, plan.file, f"{where}.mechanisms"))


def _drop_unwritten(template: PlanTemplate, plan: PlanText) -> None:
    """Remove sessions and weeks that the file no longer has, but never one that a log points to."""
    written = {(week.number, session.number) for week in plan.schedule for session in week.sessions}
    for session in Session.objects.filter(week__template=template).select_related("week"):
        if (session.week.number, session.number) not in written and not _is_logged(session):
            session.delete()
    Week.objects.filter(template=template, sessions__isnull=True).delete()


def _is_logged(session: Session) -> bool:
    return SessionLog.objects.filter(session=session).exists()


def _publish(template: PlanTemplate, plan: PlanText) -> None:
    try:
        publish_plan(template=template)
    except InvalidInput as error:
        raise ContentError(f"{plan.file}: {error.field}: {error.message}") from error


def _columns(name: str, text: Text) -> dict[str, str]:
    return {f"{name}_{language.replace('-', '_')}": text[language] for language in manuscript.LANGUAGES}


def _found[M: models.Model](rows: dict[str, M], wanted: list[str], file: str, field: str) -> list[M]:
    if unknown := [slug for slug in wanted if slug not in rows]:
        raise ContentError(f"{file}: {field}: not in the library: {', '.join(unknown)}")
    return [rows[slug] for slug in wanted]
