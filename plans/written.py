"""A plan with all that is written in it, brought by the query of one row: of the plan, or of what names it."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core.gathered import columns_of, gathered, made, read
from core.visibility import Viewer, get_still
from library.few import OF_KIND, OF_MECHANISM, kind_of, mechanism_of
from library.models import ExerciseType, Mechanism
from plans.models import Contraindication, PlanTemplate, Session, SessionLog, Week

LINKS = Session.mechanisms.through
OF_WEEK, OF_STEP, OF_CAUTION = columns_of(Week), columns_of(Session), columns_of(Contraindication)
OF_LINK = ["session_id", "mechanism_id", "pk"]
PARTS = ("weeks", "steps", "kinds", "reasons", "links", "cautions")


def with_written(rows: QuerySet[Any], viewer: Viewer, *, plan: str = "pk") -> Any:
    """Bring all that is written in the plan that `plan` leads to, with the reasons that the viewer may read about.

    `show_written` puts it in its place. It is as it was when the query began, before it waited for any lock.
    """
    here = OuterRef(plan)
    steps = Session.objects.filter(week__template=here).order_by("week__number", "number")
    kinds = ExerciseType.objects.filter(pk__in=_of_steps(plan, "exercise_type"))
    reasons = Mechanism.objects.visible_to(viewer).filter(pk__in=_of_steps(plan, "mechanisms"))
    return rows.annotate(
        written_weeks=gathered(Week.objects.filter(template=here).order_by("number"), *OF_WEEK),
        written_steps=gathered(steps, *OF_STEP),
        written_kinds=gathered(kinds.order_by(), *OF_KIND),
        written_reasons=gathered(reasons.order_by("domain__order", "order", "pk"), *OF_MECHANISM),
        written_links=gathered(LINKS.objects.filter(session__week__template=here), *OF_LINK),
        written_cautions=gathered(Contraindication.objects.filter(template=here).order_by("order", "pk"), *OF_CAUTION),
    )


def _of_steps(plan: str, column: str) -> Any:
    """Return this of all steps, for a query within the one that asks for the plan."""
    return Session.objects.filter(week__template=OuterRef(OuterRef(plan))).order_by().values(column)


def show_written(plan: PlanTemplate, brought: Any) -> None:
    """Have at hand what `brought`, a row that came `with_written` of the plan, knows of it."""
    found = {name: read(vars(brought).pop(f"written_{name}")) for name in PARTS}
    kinds = {kind.pk: kind for kind in map(kind_of, found["kinds"])}
    reasons = [mechanism_of(values) for values in found["reasons"]]
    links: dict[int, dict[int, int]] = defaultdict(dict)
    for step, mechanism, link in found["links"]:
        links[step][mechanism] = link
    plan.shown_contraindications = [made(Contraindication, OF_CAUTION, values) for values in found["cautions"]]
    plan.shown_weeks = [made(Week, OF_WEEK, values) for values in found["weeks"]]
    weeks = {week.pk: week for week in plan.shown_weeks}
    for week in plan.shown_weeks:
        week.template, week.shown_sessions = plan, []
    for values in found["steps"]:
        step = made(Session, OF_STEP, values)
        step.week, step.exercise_type = weeks[step.week_id], kinds[step.exercise_type_id]
        step.reason_links = links[step.pk]
        step.shown_mechanisms = [reason for reason in reasons if reason.pk in step.reason_links]
        step.has_reasons = bool(step.reason_links)
        step.week.shown_sessions.append(step)


def bring_written(plan: PlanTemplate, viewer: Viewer) -> PlanTemplate:
    """Bring all that is written in a plan of somebody's own, in one query, and which steps were noted.

    It stays so for who holds the plan's lock, without which no step is written and none noted.
    """
    done = Session.objects.filter(Exists(SessionLog.objects.filter(session=OuterRef("pk"))))
    here = PlanTemplate.objects.filter(pk=plan.pk).only("pk")
    noted = gathered(done.filter(week__template=OuterRef("pk")).order_by(), "pk")
    brought: Any = get_still(with_written(here, viewer).annotate(written_noted=noted), plan)
    noted_steps = {pk for (pk,) in read(brought.written_noted)}
    show_written(plan, brought)
    for week in plan.shown_weeks:
        for step in week.shown_sessions:
            step.is_noted = step.pk in noted_steps
    return plan
