"""What is begun or noted: a step of a plan that the person follows, or a kind of movement."""

from operator import attrgetter

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import InvalidInput
from library.models import ExerciseType
from plans.models import Enrollment, Session


def followed(person: User, session: Session | None, enrollment: Enrollment | None) -> Enrollment | None:
    """Return the following that it belongs to; a step that is followed need not say so."""
    if enrollment is None:
        if session is None:
            return None
        own = Enrollment.objects.active().filter(person=person)
        its_plan = Q(template__week_set__sessions=session) | Q(template__week_set__sessions__origin=session)
        return own.filter(its_plan).select_related("template").distinct().first()
    if enrollment.person_id != person.pk:
        raise InvalidInput("unknown", _("This plan is not among those you follow."), field="enrollment")
    if session is not None and not _is_step_of(session, enrollment):
        raise InvalidInput("other_plan", _("This step belongs to another plan."), field="session")
    return enrollment


def held(session: Session | None, enrollment: Enrollment | None) -> tuple[Session | None, Enrollment | None]:
    """Return what of the two is still there, and stays until the row that names it is in; None for what went meanwhile.

    Steps of plans of somebody's own go when their owner writes them anew. Whoever does that locks first them
    (`SessionQuerySet.held`), then what is followed, so that a log is among those that keep the title, or is noted
    without the step.
    """
    if session is not None and not _is_of_editors(session, "week.template"):
        steps = Session.objects.select_for_update(no_key=True, of=("self",))
        session = session if steps.filter(pk=session.pk).exists() else None
    if enrollment is not None and not _is_of_editors(enrollment, "template"):
        enrollment = Enrollment.objects.select_for_update(no_key=True).filter(pk=enrollment.pk).first()
    return session, enrollment


def _is_of_editors(row: Session | Enrollment, path: str) -> bool:
    try:
        return attrgetter(f"{path}.owner_id")(row) is None
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
