"""The lock on what somebody follows."""

from core.visibility import get_still
from plans.models import Enrollment


def lock_followed(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment as it is now, locked until the end of the transaction, with its plan where that is known.

    It is locked by itself: one that is joined to its plan is found no more by who waited while the plan was changed.
    """
    locked = get_still(Enrollment.objects.select_for_update(), enrollment)
    if locked.template_id == enrollment.template_id:
        locked.template = enrollment.template
    return locked
