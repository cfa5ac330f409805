"""All that is written in a plan comes in one query, and is what several queries bring."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model, prefetch_related_objects
from django.utils import translation

from accounts.models import User
from plans.models import Enrollment, PlanTemplate, Session, SessionLog, Week
from plans.models.templates import schedule_for
from plans.written import bring_written, show_written, with_written
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_mechanism, make_plan, sessions_of
from tests.plans.own_kit import own_plan


def columns(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def read(plan: PlanTemplate) -> list[Any]:
    """Return all that a plan shows, which came with it one way or the other."""
    return [
        (columns(week), [
            (columns(step), step.exercise_type.slug, step.has_reasons, [
                (reason.slug, reason.name, reason.one_line, reason.domain.slug) for reason in step.shown_mechanisms
            ])
            for step in week.shown_sessions
        ])
        for week in plan.shown_weeks
    ]  # fmt: skip


def both_ways(plan: PlanTemplate, viewer: User) -> tuple[PlanTemplate, PlanTemplate]:
    once, often = PlanTemplate.objects.get(pk=plan.pk), PlanTemplate.objects.get(pk=plan.pk)
    prefetch_related_objects([often], schedule_for(viewer))
    return bring_written(once, viewer), often


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_reads_as_several_queries_do(cast: Cast, language: str) -> None:
    everybody = [cast.member, cast.superuser]
    plans = {own_plan(cast.member): [cast.member], make_plan(weeks=3): everybody, make_plan("bare", weeks=0): everybody}
    for plan, viewers in plans.items():
        Week.objects.create(template=plan, number=9)  # one without steps
        Session.objects.filter(week__template=plan, number=1).update(amount=Decimal("1.50"), unit="km", day=2)
        for step in sessions_of(plan)[1:]:
            step.mechanisms.add(make_mechanism("sleep", order=0), make_mechanism("unwritten", status="draft"))
        for viewer in viewers:
            with translation.override(language):
                once, often = both_ways(plan, viewer)
                assert read(once) == read(often)


def test_a_reason_that_one_may_not_read_about_is_a_reason(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=1)
    for step in sessions_of(plan):
        step.mechanisms.set([make_mechanism("unwritten", status="draft")])

    steps = bring_written(plan, cast.member).shown_weeks[0].shown_sessions

    assert [(step.has_reasons, step.shown_mechanisms) for step in steps] == [(True, [])] * 2


def test_it_takes_one_query_and_asks_for_nothing_more(cast: Cast, django_assert_num_queries: Any) -> None:
    plan = own_plan(cast.member, weeks=9)
    with django_assert_num_queries(1):
        bring_written(plan, cast.member)
        assert len(read(plan)) == 9
        assert all(step.week.template is plan for week in plan.shown_weeks for step in week.shown_sessions)


def test_it_comes_with_what_names_the_plan_too(cast: Cast, django_assert_num_queries: Any) -> None:
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    make_plan("other")

    with django_assert_num_queries(1):
        rows = Enrollment.objects.filter(pk=enrollment.pk).select_related("template")
        found = with_written(rows, cast.member, plan="template_id").get()
        show_written(found.template, found)
    assert read(found.template) == read(both_ways(plan, cast.member)[1])
    assert [caution.text for caution in found.template.shown_contraindications] == ["With a fever, rest."]
    assert not [name for name in vars(found) if name.startswith("written_")]


def test_a_step_is_noted_where_a_log_is_of_it(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member)
    for step, title in zip(sessions_of(plan)[:2], ["", "In the rain"], strict=True):
        said = {"minutes": 5, "intensity": "light", "exercise_type": step.exercise_type, "done_at": now}
        SessionLog.objects.create(person=cast.member, session=step, local_on=now.date(), title=title, **said)

    weeks = bring_written(plan, cast.member).shown_weeks

    assert [step.is_noted for week in weeks for step in week.shown_sessions] == [True, True, False, False]
