"""What is begun or noted: a step of a plan that the person follows, or a kind of movement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput
from core.gathered import gathered, made, read
from library import few
from library.models import ExerciseType
from plans.models import Enrollment, PlanTemplate, Session
from plans.models.following import EnrollmentQuerySet

OF_FOLLOWED = ["id", "uuid", "person_id", "template_id"]


def find_step(person: User, key: Any, *, enrollment: Any = None, kind: Any = None) -> Session:
    """Return a step that the person may see, with its plan and its kind, or raise DoesNotExist.

    The one query brings along what the person follows, this or that to which the step belongs (`followed_by`), and the
    kind with this slug (`kind_said`), or None. Raises ValueError and the like on what is no key.
    """
    mine = _following(person, key) if enrollment is None else Enrollment.objects.filter(person=person, uuid=enrollment)
    kinds: Any = ExerciseType.objects.visible_to(person).filter(slug=kind)
    steps = Session.objects.visible_to(person).select_related("week__template", "exercise_type")
    brought = {
        "followed_by": gathered(mine.order_by("pk")[:1], *OF_FOLLOWED),
        "kind_said": gathered(kinds.order_by(), *few.OF_KIND),
    }
    step: Any = steps.annotate(**brought).get(pk=key)
    step.followed_by = next((made(Enrollment, OF_FOLLOWED, one) for one in read(step.followed_by)), None)
    step.kind_said = next(map(few.kind_of, read(step.kind_said)), None)
    return cast("Session", step)


def _following(person: User, step: Any) -> EnrollmentQuerySet:
    """Return what the person follows of which this is a step, or of which one was copied from it."""
    copies = Session.objects.filter(Q(pk=step) | Q(origin=step)).values("week__template")
    return Enrollment.objects.active().filter(person=person, template__in=copies)


def followed(person: User, session: Session | None, enrollment: Enrollment | None) -> Enrollment | None:
    """Return the following that it belongs to; a step that is followed need not say so."""
    if enrollment is None:
        if session is None:
            return None
        if "followed_by" in vars(session):
            return cast("Enrollment | None", session.followed_by)
        return _following(person, session.pk).first()
    if enrollment.person_id != person.pk:
        raise InvalidInput("unknown", _("This plan is not among those you follow."), field="enrollment")
    if session is not None and not _is_step_of(session, enrollment):
        raise InvalidInput("other_plan", _("This step belongs to another plan."), field="session")
    return enrollment


@dataclass(frozen=True)
class Subject:
    """A step, and the following that it belongs to, as they were read. What is of somebody's own may go meanwhile.

    Steps go when their owner writes a plan anew. Whoever does that locks the plan first, then what is followed, and so
    does this: a log is among those that keep the title, or is noted without the step.
    """

    session: Session | None
    enrollment: Enrollment | None

    @classmethod
    def of(cls, person: User, said: Mapping[str, Any]) -> Self:
        """Return what is said of both, or raise InvalidInput on the field that does not fit."""
        session = said.get("session")
        return cls(session, followed(person, session, said.get("enrollment")))

    def lock(self) -> None:
        """Lock the plan of a step of somebody's own: from now on none of its steps goes."""
        if self.session is not None and not _is_of_editors(self.session):
            _lock_plan_of(self.session)

    def columns(self) -> dict[str, Any]:
        """Return the columns of a row that names both: what may have gone is looked up by the statement that writes it.

        The same statement locks what is followed, which may have become a copy of one's own since it was read, and gone
        with it; the step's plan is locked before, or what it finds of it were old. Steps of editors stay.
        """
        step, followed = self.session, self.enrollment
        is_own = step is not None and not _is_of_editors(step)
        return {
            "session_id": _key_of(Session.objects.all(), step) if is_own else step and step.pk,
            "enrollment_id": _key_of(Enrollment.objects.select_for_update(no_key=True), followed) if followed else None,
        }

    def show(self, row: Any) -> None:
        """Have at hand what the row that was written names."""
        row.session = self.session if row.session_id else None
        row.enrollment = self.enrollment if row.enrollment_id else None


def _key_of(rows: QuerySet[Any], row: Any) -> Subquery:
    return Subquery(rows.order_by().filter(pk=row.pk).values("pk"))


def _lock_plan_of(step: Session) -> None:
    try:
        plan: int | None = step.week.template_id
    except ObjectDoesNotExist:  # the week went, and the step with it, or into another
        plan = Session.objects.filter(pk=step.pk).values_list("week__template", flat=True).first()
    PlanTemplate.objects.select_for_update(no_key=True).filter(pk=plan or 0).exists()


def _is_of_editors(step: Session) -> bool:
    try:
        return step.week.template.owner_id is None
    except ObjectDoesNotExist:  # what goes is of plans of people's own
        return False


def _is_step_of(session: Session, enrollment: Enrollment) -> bool:
    """Whether it is a step of the plan, or the one that a step of it was copied from: a phone may not know yet."""
    try:
        if session.week.template_id == enrollment.template_id:
            return True
    except ObjectDoesNotExist:  # it went, and is noted without
        return True
    return Session.objects.filter(week__template=enrollment.template_id, origin=session).exists()


def kind_of(exercise_type: ExerciseType | None, session: Session | None) -> ExerciseType:
    if exercise_type is not None:
        return exercise_type
    if session is None:
        raise InvalidInput("kind", _("Say what kind of movement it was."), field="exercise_type")
    return session.exercise_type


def planned_minutes(session: Session | None, *, is_floor: bool) -> int | None:
    if session is None:
        return None
    return session.floor_minutes if is_floor else session.minutes
