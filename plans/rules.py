"""Who may do what in plans. What is one's own is one's own; staff have no way in.

Asked through `may`, not through `user.has_perm`: a superuser has every permission of the admin, and
is a person like any other here.
"""

import rules

from core.visibility import Viewer
from plans.models import Beginning, CheckIn, Enrollment, Pause, PlanTemplate, SessionLog

type Own = Enrollment | SessionLog | Pause | CheckIn | Beginning
type About = PlanTemplate | Own


def is_signed_in(person: Viewer) -> bool:
    return person.is_authenticated


def is_own(person: Viewer, row: About | None) -> bool:
    return person.is_authenticated and isinstance(row, Own.__value__) and row.person_id == person.pk


def is_offered(person: Viewer, plan: About | None) -> bool:
    return isinstance(plan, PlanTemplate) and plan.is_published


signed_in, own, offered = rules.predicate(is_signed_in), rules.predicate(is_own), rules.predicate(is_offered)

rules.add_perm("plans.follow_plantemplate", signed_in & offered)
rules.add_perm("plans.change_enrollment", own)
rules.add_perm("plans.stop_enrollment", own)
rules.add_perm("plans.end_pause", own)
rules.add_perm("plans.delete_beginning", own)
rules.add_perm("plans.move_day", own)
rules.add_perm("plans.turn_enrollment", own)
rules.add_perm("plans.change_sessionlog", own)
rules.add_perm("plans.delete_sessionlog", own)
rules.add_perm("plans.delete_checkin", own)


def may(person: Viewer, act: str, about: About | None = None) -> bool:
    """Return whether `person` may do `act` (e.g. `stop_enrollment`) to the object, which they can see."""
    return bool(rules.has_perm(f"plans.{act}", person, about))
