"""The gate names what a plan lacks, on its field."""

from typing import Any

import pytest

from core.errors import InvalidInput
from plans.models import Contraindication, PlanTemplate, Session, Week
from plans.services.gate import NotReady
from plans.services.publishing import keep_publishable, publish_plan, withdraw_plan
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
    "growth": (
        lambda: Session.objects.filter(week__number=2).update(minutes=31),
        "week_set.2.minutes",
    ),
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


def test_growth_is_named_with_its_week_and_what_fits(db: None) -> None:
    plan = make_plan(published=False, weeks=3)
    Session.objects.filter(week__number=3).update(minutes=40)
    with pytest.raises(InvalidInput, match="not_publishable") as refused:
        publish_plan(template=plan)
    assert refused.value.message == "Week 3 asks for 80 minutes after 30; at most 60 fits."


def test_running_grows_by_less(db: None) -> None:
    plan = make_plan(published=False)
    Session.objects.filter(week__number=2).update(minutes=22)
    PlanTemplate.objects.update(growth="running_or_jumping")
    with pytest.raises(InvalidInput):
        publish_plan(template=plan)
    PlanTemplate.objects.update(growth="walking_or_cycling")
    assert publish_plan(template=plan).is_published


def test_a_lighter_week_in_between_is_a_rest(db: None) -> None:
    plan = make_plan(published=False, weeks=4)
    for number, minutes in enumerate((25, 40, 10, 45), start=1):
        Session.objects.filter(week__number=number).update(minutes=minutes)
    assert publish_plan(template=plan).is_published


def test_everything_that_is_lacking_is_said_at_once(db: None) -> None:
    plan = make_plan(published=False)
    plan.citations.clear()
    Week.objects.update(focus_en="")
    with pytest.raises(NotReady) as refused:
        publish_plan(template=plan)
    assert [field for field, _message in refused.value.lacks] == ["citations", "week_set.1.focus", "week_set.2.focus"]


def test_a_change_that_leaves_an_offered_plan_unfit_is_refused(db: None) -> None:
    plan = make_plan()
    Session.objects.update(floor_en="")
    with pytest.raises(NotReady):
        keep_publishable(template=plan)
    withdraw_plan(template=plan)
    keep_publishable(template=plan)


def test_a_whole_plan_passes(db: None) -> None:
    assert publish_plan(template=make_plan(published=False)).is_published
