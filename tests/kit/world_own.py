"""Plans of the member's own in the world of the tests: one kept to themselves, one shared with two groups."""

from datetime import datetime

from accounts.models import User
from groups.models import Group, PlanShare
from library.models import ExerciseType, Mechanism
from plans.models import PlanTemplate, Session, Week

OWN_TITLE, SHARED_TITLE = "Quillwort bank", "Reedmace round"


def make_own_plans(person: User, groups: list[Group], reason: Mechanism, now: datetime) -> dict[str, object]:
    """Create both plans; return them, and what shares the second, by the fields of the world."""
    own = _make_own_plan(person, "own-quillwort", OWN_TITLE, reason)
    shared = _make_own_plan(person, "own-reedmace", SHARED_TITLE, reason)
    shown, hidden = [
        PlanShare.objects.create(group=group, template=shared, shared_by=person, created_at=now) for group in groups
    ]
    return {"own_plan": own, "shared_plan": shared, "share": shown, "private_share": hidden}


def _make_own_plan(person: User, slug: str, title: str, reason: Mechanism) -> PlanTemplate:
    plan = PlanTemplate.objects.create(
        slug=slug, owner=person, title=title, weeks=1, sessions_min=1, sessions_max=1, is_published=True
    )
    step = Session.objects.create(
        week=Week.objects.create(template=plan, number=1),
        number=1,
        exercise_type=ExerciseType.objects.get(slug="walking"),
        minutes=10,
        intensity="light",
        title="Out and back",
        floor="To the gate.",
        floor_minutes=3,
    )
    step.mechanisms.add(reason)
    return plan
