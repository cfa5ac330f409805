"""The steps still to come in each plan of a person: those without a log, in the plan's own order."""

from collections import defaultdict
from datetime import datetime

from accounts.models import User
from plans.models import Enrollment, Session, SessionLog


def coming_steps(person: User, *, now: datetime, limit: int) -> dict[int, list[Session]]:
    """Return enrollment id → its next steps, `limit` at most, in three queries."""
    plans = dict(Enrollment.objects.visible_to(person).active().values_list("pk", "template"))
    logs = SessionLog.objects.visible_to(person).filter(enrollment__in=plans, session__isnull=False)
    done: dict[int, set[int]] = defaultdict(set)
    for enrollment_id, session_id in logs.values_list("enrollment", "session").distinct():
        done[enrollment_id].add(session_id)
    rows = Session.objects.visible_to(person).filter(week__template__in=set(plans.values())).in_order()
    by_plan: dict[int, list[Session]] = defaultdict(list)
    for session in rows.select_related("exercise_type", "week"):
        by_plan[session.week.template_id].append(session)
    return {pk: [s for s in by_plan[plan] if s.pk not in done[pk]][:limit] for pk, plan in plans.items()}
