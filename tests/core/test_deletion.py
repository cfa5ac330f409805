"""What the database deletes with the row that it hangs on, and the check that nothing is left behind by it."""

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps

from core.deletion import LinksField, check_what_goes_in_the_database, left_behind
from plans.models import Contraindication, PlanTemplate, Session, SessionLog, Week
from tests.kit.world import World


def test_nothing_of_ours_is_left_behind() -> None:
    assert check_what_goes_in_the_database(None) == []


@pytest.mark.parametrize(
    ("rule", "is_left"),
    [(models.CASCADE, True), (models.PROTECT, True), (models.DB_CASCADE, False), (models.DB_SET_NULL, False)],
)
@isolate_apps("django.contrib.humanize")
def test_what_hangs_on_what_the_database_deletes_is_for_the_database_too(rule: Any, is_left: bool) -> None:
    plan = _model("Plan")
    week = _model("Week", plan=models.ForeignKey(plan, models.DB_CASCADE))
    step = _model("Step", week=models.ForeignKey(week, rule, null=True, related_name="+"))

    found = [error.obj for error in left_behind([plan, week, step])]

    assert found == ([step._meta.get_field("week")] if is_left else [])


@isolate_apps("django.contrib.humanize")
def test_what_hangs_on_what_python_deletes_may_be_for_either() -> None:
    plan = _model("Plan")
    weeks = [_model(f"Week{n}", plan=models.ForeignKey(plan, rule)) for n, rule in enumerate(BOTH)]

    assert list(left_behind([plan, *weeks])) == []


@pytest.mark.parametrize(("kind", "is_left"), [(models.ManyToManyField, True), (LinksField, False)])
@isolate_apps("django.contrib.humanize")
def test_links_go_with_the_row_that_has_the_field(kind: Any, is_left: bool) -> None:
    plan, reason = _model("Plan"), _model("Reason")
    step = _model("Step", plan=models.ForeignKey(plan, models.DB_CASCADE), reasons=kind(reason, related_name="+"))

    assert bool(list(left_behind([step]))) == is_left


@pytest.mark.django_db
def test_a_plan_goes_with_all_that_hangs_on_it_in_one_statement(world: World) -> None:
    plan = PlanTemplate.objects.get(pk=world.own_plan.pk)
    step = Session.objects.filter(week__template=plan)[0]
    links = Session.mechanisms.through.objects.filter(session_id=step.pk)
    SessionLog.objects.filter(pk=world.log.pk).update(session=step)
    assert links.exists()

    with CaptureQueriesContext(connection) as asked:
        plan.delete()

    deleted = [query["sql"] for query in asked if query["sql"].startswith("DELETE")]
    assert len(deleted) == 1
    assert not Week.objects.filter(template_id=plan.pk).exists()
    assert not Session.objects.filter(pk=step.pk).exists()
    assert not links.exists()
    assert not Contraindication.objects.filter(template_id=plan.pk).exists()
    assert SessionLog.objects.get(pk=world.log.pk).session_id is None


BOTH = (models.CASCADE, models.DB_CASCADE)


def _model(name: str, **fields: Any) -> Any:
    meta = type("Meta", (), {"app_label": "humanize"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
