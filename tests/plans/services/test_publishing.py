"""The gate names what a plan lacks, on its field."""

from typing import Any

import pytest

from core.errors import InvalidInput
from plans.models import Contraindication, PlanTemplate, Session, Week
from plans.services.publishing import publish_plan
from tests.plans.kit import make_plan, sessions_of

LACKS = {
    "floor": (lambda: Session.objects.update(floor_zh_hans=""), "week_set.1.sessions.1.floor"),
    "reason": (
        lambda: [s.mechanisms.clear() for s in sessions_of(PlanTemplate.objects.get())],
        "week_set.1.sessions.1.mechanisms",
    ),
    "source": (lambda: [plan.citations.clear() for plan in PlanTemplate.objects.all()], "citations"),
    "language": (lambda: PlanTemplate.objects.update(goal_zh_hans=None), "goal"),
    "focus": (lambda: Week.objects.update(focus_en=" "), "week_set.1.focus"),
    "caution": (lambda: Contraindication.objects.update(text_zh_hans=""), "contraindications.text"),
    "week": (lambda: PlanTemplate.objects.update(weeks=3), "weeks"),
    "session": (lambda: Session.objects.filter(week__number=1).delete(), "week_set.1.sessions"),
    "address": (lambda: PlanTemplate.objects.update(slug="logs"), "slug"),
}


@pytest.mark.parametrize(("spoil", "field"), LACKS.values(), ids=LACKS.keys())
def test_what_is_lacking_is_named(db: None, spoil: Any, field: str) -> None:
    plan = make_plan(published=False)
    spoil()
    with pytest.raises(InvalidInput) as refused:
        publish_plan(template=plan)
    assert refused.value.field == field
    assert not PlanTemplate.objects.get().is_published


def test_a_whole_plan_passes(db: None) -> None:
    assert publish_plan(template=make_plan(published=False)).is_published
