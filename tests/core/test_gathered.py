"""Rows that hang on a row come with it in one query, and are the rows that they were."""

from decimal import Decimal
from typing import Any

import pytest
from django.db.models import OuterRef

from core.gathered import columns_of, gathered, made, read
from plans.models import PlanTemplate, Session
from tests.plans.kit import both, make_plan, sessions_of

pytestmark = pytest.mark.django_db
ODD = 'Up, [down] "and" \\ round,\nthen — 走 🌿'


def steps_with(plan: PlanTemplate, *columns: str) -> list[list[Any]]:
    steps: Any = Session.objects.filter(week__template=OuterRef("pk")).order_by("-week__number", "number")
    (row,) = PlanTemplate.objects.filter(pk=plan.pk).annotate(steps=gathered(steps, *columns))
    return read(row.steps)  # type: ignore[attr-defined]


def test_what_is_gathered_comes_in_its_order_with_texts_and_numbers_as_they_are() -> None:
    plan = make_plan(weeks=2, per_week=1)
    Session.objects.filter(week__number=1).update(amount=Decimal("0.10"), unit="km", **both("title", ODD, ""))

    found = steps_with(plan, "week__number", "minutes", "title_en", "amount", "day")

    assert found == [[2, 15, "Step 2.1", None, None], [1, 15, ODD, Decimal("0.1"), None]]
    assert isinstance(found[1][3], Decimal)


def test_nothing_is_gathered_of_nothing() -> None:
    assert steps_with(make_plan(weeks=0), "pk", "minutes") == []


def test_a_row_is_made_again_of_all_its_columns() -> None:
    plan = make_plan(weeks=1, per_week=2)
    Session.objects.filter(number=2).update(amount=Decimal("1234.50"), unit="km", day=3)

    names = columns_of(Session)
    again = [made(Session, names, values) for values in steps_with(plan, *names)]

    assert [vars(step) | {"_state": None} for step in again] == [
        vars(step) | {"_state": None} for step in sessions_of(plan)
    ]
    assert not any(step._state.adding for step in again)


def test_a_column_that_was_not_gathered_is_looked_up(django_assert_num_queries: Any) -> None:
    plan = make_plan(weeks=1, per_week=1)

    (row,) = sessions_of(plan)
    (values,) = steps_with(plan, "minutes", "pk", "title_en", "title_zh_hans")
    step = made(Session, ["minutes", "id", "title_en", "title_zh_hans"], values)

    with django_assert_num_queries(0):
        assert (step.pk, step.minutes, step.title) == (row.pk, 15, "Step 1.1")
    with django_assert_num_queries(1):
        assert step.floor_minutes == 3
