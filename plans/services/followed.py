"""The lock on what somebody follows."""

from accounts.models import User
from core.held import was_held
from core.visibility import get_still
from plans.models import Cue, Enrollment


def lock_followed(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment as it is now, locked until the end of the transaction, with its plan where that is known.

    One that the caller holds is as it is now. Another is locked by itself: one that is joined to its plan is found no
    more by who waited while the plan was changed.
    """
    if was_held(enrollment):
        return enrollment
    locked = get_still(Enrollment.objects.select_for_update(), enrollment)
    if locked.template_id == enrollment.template_id and Enrollment.template.is_cached(enrollment):
        locked.template = enrollment.template
    return locked


def bring_days(enrollment: Enrollment, person: User) -> Enrollment:
    """Have the days and times at hand, and the plan as it is called now.

    They stay so for who holds the lock, without which none is changed.
    """
    if "shown_cues" not in vars(enrollment):
        own = Cue.objects.visible_to(person).filter(enrollment=enrollment)
        found = own.select_related("enrollment__template").order_by("weekday", "at_time")
        enrollment.shown_cues = list(found)
        for cue in enrollment.shown_cues:
            enrollment.template = cue.enrollment.template
    return enrollment
