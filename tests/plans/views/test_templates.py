"""Plans to choose from, one plan, and following it, as each of the cast sees them."""

from datetime import date, time
from typing import Any

import pytest

from library.models import SafetyText
from plans.models import Cue, Enrollment, PlanTemplate, Session
from plans.services.content import load_plans
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_library, make_plan

FOLLOW = {
    "starts_on": "2026-03-10",
    "cues": ["1", "4"],
    "at_time": "08:30",
    "when_text": "I have had breakfast",
    "then_text": "I walk ten minutes",
}


def test_visitors_see_every_plan_and_filter_by_need(cast: Cast, as_person: Any) -> None:
    make_plan("walks")
    make_plan("quiet").needs.clear()
    page = as_person(None).get("/plans/").content.decode()
    assert "Walks" in page
    assert "Quiet" in page
    page = as_person(None).get("/plans/?need=low-mood").content.decode()
    assert "Walks" in page
    assert "/plans/quiet/" not in page


def test_a_filter_without_plans_says_so(cast: Cast, as_person: Any) -> None:
    assert "No plan for this yet" in as_person(None).get("/plans/?need=nothing").content.decode()


@pytest.mark.parametrize("language", ["", "/zh-hans"])
def test_every_plan_has_a_page_with_weeks_floors_and_sources(db: None, as_person: Any, language: str) -> None:
    make_library()
    load_plans()
    for plan in PlanTemplate.objects.all():
        page = as_person(None).get(f"{language}/plans/{plan.slug}/")
        assert page.status_code == 200
        sessions = Session.objects.filter(week__template=plan).count()
        assert page.content.decode().count('class="small-version"') == sessions


def test_a_draft_is_absent_for_all_but_its_editors(cast: Cast, as_person: Any) -> None:
    make_plan("draft", published=False)
    for person in (None, cast.member, cast.stranger):
        hidden, unknown = (as_person(person).get(f"/plans/{slug}/") for slug in ("draft", "never-was"))
        assert hidden.status_code == unknown.status_code == 404
        assert as_person(person).get("/api/v1/plan-templates/draft/").status_code == 404
    assert as_person(cast.superuser).get("/plans/draft/").status_code == 200


def test_following_from_the_form(cast: Cast, now: Any, as_person: Any) -> None:
    make_plan()
    client = as_person(cast.member)
    form = client.get("/plans/small-walks/follow/").content.decode()
    assert 'value="I have had breakfast"' in form
    assert 'value="2026-03-10"' in form
    assert client.post("/plans/small-walks/follow/", FOLLOW).url == "/plans/mine/"
    enrollment = Enrollment.objects.get()
    assert (enrollment.person, enrollment.starts_on) == (cast.member, date(2026, 3, 10))
    assert set(Cue.objects.values_list("weekday", "at_time")) == {(1, time(8, 30)), (4, time(8, 30))}
    page = client.get("/plans/mine/").content.decode()
    assert "When I have had breakfast, then I walk ten minutes." in page
    assert "Step 1.1" in page


def test_days_begin_with_the_persons_first(cast: Cast, now: Any, as_person: Any) -> None:
    make_plan()
    cast.member.first_weekday = 6
    cast.member.save()
    page = as_person(cast.member).get("/plans/small-walks/follow/").content.decode()
    assert page.index("Sunday") < page.index("Monday")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cues": []}, "Choose at least one day of the week."),
        ({"starts_on": "2030-01-01"}, "Choose a day between last week and a year from now."),
        ({"obstacle_text": "it rains"}, "A few words are enough."),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, now: Any, as_person: Any, changes: Any, words: str
) -> None:
    make_plan()
    page = as_person(cast.member).post("/plans/small-walks/follow/", FOLLOW | {"then_text": "I dance"} | changes)
    text = page.content.decode()
    assert page.status_code == 200
    assert words in text
    assert 'value="I dance"' in text
    assert not Enrollment.objects.exists()


def test_following_twice_is_said_kindly(cast: Cast, now: Any, as_person: Any) -> None:
    make_enrollment(cast.member, make_plan())
    page = as_person(cast.member).post("/plans/small-walks/follow/", FOLLOW).content.decode()
    assert "You already follow this plan." in page
    assert "You follow this plan" in as_person(cast.member).get("/plans/small-walks/").content.decode()


def test_visitors_are_asked_to_sign_in(cast: Cast, as_person: Any) -> None:
    make_plan()
    for path in ("small-walks/follow/", "mine/", "log/", "logs/"):
        answer = as_person(None).get(f"/plans/{path}")
        assert answer.status_code == 302
        assert "login" in answer.url or "sign" in answer.url


@pytest.mark.parametrize("page", ["", "follow/"])
def test_whom_to_see_first_stands_where_a_plan_begins(cast: Cast, now: Any, as_person: Any, page: str) -> None:
    make_plan("walks")
    words = SafetyText.objects.create(
        group="disclaimer", key="severe", order=1, placements=",plans,", text_en="Care comes first."
    )

    text = as_person(cast.member).get(f"/plans/walks/{page}").content.decode()

    assert words.text_en in text
    assert "/library/safety/#ask-first" in text
    assert "/library/get-help/" in text
