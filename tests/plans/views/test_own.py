"""The pages on which a person makes a plan of their own, without scripts."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import Enrollment, PlanTemplate
from plans.services import own
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of
from tests.plans.own_kit import kind, own_plan


@pytest.fixture
def browser(cast: Cast, as_person: Any, now: datetime) -> Any:
    kind()
    return as_person(cast.member)


def week_data(rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"focus": "", "steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": len(rows), **more}
    usual = {"pk": "", "exercise_type": "walking", "minutes": "12", "intensity": "light", "floor": "To the gate."}
    for number, row in enumerate(rows):
        data |= {f"steps-{number}-{name}": value for name, value in {**usual, **row}.items()}
    return data


def test_from_a_name_to_a_plan_that_is_followed(browser: Any, cast: Cast) -> None:
    browser.post("/plans/own/new/", {"title": "Mill path", "goal": "", "growth": "walking_or_cycling"})
    plan = PlanTemplate.objects.get(owner=cast.member)
    page = f"/plans/own/{plan.slug}/"
    assert "The plan has no week yet." in browser.get(page).text
    answer = browser.post(f"{page}weeks/add/")
    assert answer.url == f"{page}weeks/1/"
    browser.post(f"{page}weeks/1/", week_data([{"title": "To the mill", "floor": ""}]))
    text = browser.get(page).text
    assert "Before you can follow it" in text
    assert "Say what its small version is" in text
    assert "Week 1, step 1" in text
    assert "A few things first" in browser.post(f"{page}ready/", follow=True).text
    row = sessions_of(plan)[0]
    browser.post(f"{page}weeks/1/", week_data([{"pk": row.pk, "title": "To the mill"}]))
    assert sessions_of(plan)[0].pk == row.pk
    assert browser.post(f"{page}ready/").url == f"/plans/{plan.slug}/"
    assert "Follow this plan" in browser.get(f"/plans/{plan.slug}/").text
    follow = {"starts_on": "2026-03-10", "cues": ["1"], "at_time": "18:30", "when_text": "home", "then_text": "walk"}
    browser.post(f"/plans/{plan.slug}/follow/", follow)
    assert Enrollment.objects.get(person=cast.member).template == plan


def test_the_buttons_beside_a_step_save_nothing_and_lose_nothing(browser: Any, cast: Cast) -> None:
    plan = own_plan(cast.member)
    path = f"/plans/own/{plan.slug}/weeks/1/"
    rows = [{"title": "First", "minutes": "many"}, {"title": "Second"}]

    def shown(act: str) -> list[str]:
        page = browser.post(path, week_data(rows, focus="Rain", act=act))
        assert page.context["form"]["focus"].value() == "Rain"
        return [step["title"].value() for step in page.context["steps"]]

    assert shown("down-0") == ["Second", "First"]
    assert shown("up-1") == ["Second", "First"]
    assert shown("remove-0") == ["Second"]
    assert shown("add") == ["First", "Second", "Second"]
    assert shown("up-0") == shown("down-1") == shown("remove-7") == shown("dance-1") == ["First", "Second"]
    kept = browser.post(path, week_data(rows, act="down-0")).context["steps"][1]
    assert kept["minutes"].value() == "many"
    assert [step.title for step in sessions_of(plan)][:2] == ["To the mill", "To the weir"]


def test_what_is_wrong_stands_beside_its_field(browser: Any, cast: Cast) -> None:
    plan = own_plan(cast.member)
    path = f"/plans/own/{plan.slug}/weeks/1/"
    page = browser.post(path, week_data([{"title": "Kept"}, {"title": "Short", "minutes": "4", "floor_minutes": "5"}]))
    assert list(page.context["steps"][1].errors) == ["floor_minutes"]
    assert "Kept" in page.text
    page = browser.post(path, week_data([{"title": "Open", "floor": ""}, {}]))
    assert list(page.context["steps"][0].errors) == ["floor"]
    page = browser.post(path, week_data([{"title": "Long", "minutes": "300"}]))
    assert page.status_code == 302  # the first week may be as long as one likes; the second is shorter then
    page = browser.post(f"/plans/own/{plan.slug}/weeks/2/", week_data([{"title": "Longer", "minutes": "500"}]))
    assert "Week 2 asks for 500 minutes after 300; at most 360 fits." in page.text


def test_the_reasons_follow_the_kind_unless_they_were_chosen(browser: Any, cast: Cast) -> None:
    kind("strength")
    plan = own_plan(cast.member)
    first, second = sessions_of(plan)[:2]
    reasons = sorted(reason.slug for reason in first.mechanisms.all())
    rows = [
        {"pk": first.pk, "title": "Kept", "mechanisms": ["sleep"]},
        {"pk": second.pk, "title": "Lifted", "exercise_type": "strength", "mechanisms": reasons},
    ]
    browser.post(f"/plans/own/{plan.slug}/weeks/1/", week_data(rows))
    assert [reason.slug for reason in first.mechanisms.all()] == ["sleep"]
    assert sorted(reason.slug for reason in second.mechanisms.all()) == ["behavioural-activation", "nature"]


def test_copy_and_change_makes_a_draft(browser: Any, cast: Cast) -> None:
    plan = make_plan()
    assert "Copy and change" in browser.get(plan.get_absolute_url()).text
    answer = browser.post(f"/plans/{plan.slug}/copy/")
    copy = PlanTemplate.objects.get(owner=cast.member)
    assert answer.url == f"/plans/own/{copy.slug}/"
    assert "It is ready" in browser.get(answer.url).text


def test_a_plan_that_i_follow_is_changed_from_my_plans(browser: Any, cast: Cast) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    assert "Change the steps" in browser.get(f"/plans/following/{enrollment.uuid}/change/").text
    answer = browser.post(f"/plans/following/{enrollment.uuid}/steps/")
    enrollment.refresh_from_db()
    assert answer.url == f"/plans/own/{enrollment.template.slug}/"
    assert "You follow this plan." in browser.get(answer.url).text


def test_somebody_elses_enrollment_is_not_changed(cast: Cast, as_person: Any, now: datetime) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    assert as_person(cast.stranger).post(f"/plans/following/{enrollment.uuid}/steps/").status_code == 404


def test_a_ladder_is_looked_at_and_then_made(browser: Any, cast: Cast) -> None:
    query = {
        "exercise_type": "walking", "unit": "km", "start": "1", "goal": "2", "times": "3",
        "growth": "walking_or_cycling",
    }  # fmt: skip
    page = browser.get("/plans/own/ladder/", query)
    assert "1.2 km" in page.text
    assert "The small version of every rung: Ten minutes" in page.text
    assert not PlanTemplate.objects.exists()
    answer = browser.post("/plans/own/ladder/", query)
    plan = PlanTemplate.objects.get(owner=cast.member)
    assert answer.url == plan.get_absolute_url()
    refused = browser.get("/plans/own/ladder/", {**query, "goal": "0.5"})
    assert "goal" in refused.context["form"].errors
    assert "start" in browser.get("/plans/own/ladder/", {**query, "start": "1.55"}).context["form"].errors


def test_my_own_plans_are_a_page_of_their_own(browser: Any, cast: Cast) -> None:
    own_plan(cast.stranger, "Not mine")
    mine = own_plan(cast.member, is_open=False)
    text = browser.get("/plans/own/").text
    assert mine.title in text
    assert "Not mine" not in text


def test_removing_asks_first(browser: Any, cast: Cast) -> None:
    plan = own_plan(cast.member)
    assert "for good" in browser.get(f"/plans/own/{plan.slug}/remove/").text
    assert PlanTemplate.objects.filter(pk=plan.pk).exists()
    browser.post(f"/plans/own/{plan.slug}/remove/")
    assert not PlanTemplate.objects.filter(pk=plan.pk).exists()


def test_a_template_by_editors_is_not_edited_as_ones_own(browser: Any) -> None:
    plan = make_plan()
    assert browser.get(f"/plans/own/{plan.slug}/").status_code == 404
    assert browser.get(f"/plans/own/{plan.slug}/weeks/1/").status_code == 404


@pytest.mark.parametrize("page", ["/plans/own/", "/plans/own/{slug}/", "/plans/own/{slug}/weeks/1/", "/plans/{slug}/"])
def test_more_weeks_need_no_more_queries(browser: Any, cast: Cast, page: str) -> None:
    def queries(plan: PlanTemplate) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(page.format(slug=plan.slug)).status_code == 200
        return len(seen)

    plan = own_plan(cast.member, weeks=1)
    queries(plan)
    few = queries(plan)
    for _ in range(2):
        own.add_week(person=cast.member, slug=plan.slug)
        own_plan(cast.member)
    assert queries(plan) == few
