"""One question before the first vigorous plan."""

from datetime import date, datetime, time

import pytest

from core.errors import DomainError
from plans.models import Enrollment, PlanTemplate, Readiness
from plans.readiness import gentler_than, question_for
from plans.services.enrollments import follow_plan
from plans.services.readiness import answer_readiness
from tests.kit.cast import Cast
from tests.plans.kit import make_plan, sessions_of


def make_vigorous(slug: str = "intervals") -> PlanTemplate:
    """Create a plan with one step, the last, that leaves breath for a few words."""
    plan = make_plan(slug)
    session = sessions_of(plan)[-1]
    session.intensity = "vigorous"
    session.save()
    return plan


def follow(cast: Cast, plan: PlanTemplate, now: datetime, *, has_asked: bool = False) -> Enrollment:
    return follow_plan(
        person=cast.member, template=plan, starts_on=date(2026, 3, 10), cues=[(1, time(8))], when_text="I wake",
        then_text="I run", has_asked=has_asked, now=now,
    )  # fmt: skip


def test_a_vigorous_plan_waits_for_the_answer(cast: Cast, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        follow(cast, make_vigorous(), now)
    assert refused.value.code == "readiness_needed"
    assert not Enrollment.objects.exists()


def test_after_a_no_it_is_followed_and_never_asked_again(cast: Cast, now: datetime) -> None:
    plan = make_vigorous()
    answer_readiness(person=cast.member, asks_first=False, now=now)

    follow(cast, plan, now)

    assert question_for(cast.member, make_vigorous("hills")) is None


def test_after_a_yes_one_who_has_asked_decides(cast: Cast, now: datetime) -> None:
    plan = make_vigorous()
    answer_readiness(person=cast.member, asks_first=True, now=now)

    with pytest.raises(DomainError) as refused:
        follow(cast, plan, now)
    assert (refused.value.code, refused.value.field) == ("ask_first", "has_asked")

    assert follow(cast, plan, now, has_asked=True).is_active


def test_the_latest_answer_counts(cast: Cast, now: datetime) -> None:
    for answer in (True, False):
        answer_readiness(person=cast.member, asks_first=answer, now=now)

    (kept,) = Readiness.objects.visible_to(cast.member)
    assert (kept.asks_first, kept.answered_at) == (False, now)
    assert not Readiness.objects.visible_to(cast.superuser).exists()


def test_gentle_plans_ask_nothing(cast: Cast, now: datetime) -> None:
    plan = make_plan()

    assert question_for(cast.member, plan) is None
    assert follow(cast, plan, now).is_active


def test_gentler_plans_are_the_editors_without_a_vigorous_step(cast: Cast) -> None:
    plan, gentle = make_vigorous(), make_plan("gentle")
    make_vigorous("hills")
    make_plan("draft", published=False)
    PlanTemplate.objects.filter(pk=make_plan("my-own").pk).update(owner=cast.member)

    assert gentler_than(plan, cast.member) == [gentle]
