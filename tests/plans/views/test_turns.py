"""The person's word on the pace, from Today and from My plans."""

from datetime import date, datetime
from typing import Any

import pytest

from plans.models import Enrollment, Pause, Turn
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_session, sessions_of


def begun(person: Any, plan: Any, now: datetime) -> Enrollment:
    """Let somebody have done the first step of the plan just now."""
    enrollment, first = make_enrollment(person, plan), sessions_of(plan)[0]
    log_session(person=person, now=now, minutes=5, intensity="light", session=first, enrollment=enrollment)
    return enrollment


def by_days() -> Any:
    plan = make_plan("by-days", weeks=1, per_week=0)
    for number, day in [(1, 1), (2, 1), (3, 2)]:
        make_session(plan.week_set.get(), number, day=day)
    return plan


def address(enrollment: Enrollment) -> str:
    return f"/plans/following/{enrollment.uuid}/turn/"


def test_on_opens_the_next_week(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment, client = begun(cast.member, make_plan(), now), as_person(cast.member)
    assert client.post(address(enrollment), {"way": "on"}).url == "/"
    assert Turn.objects.get().way == "on"
    assert "Step 2.1" in client.get("/").content.decode()


@pytest.mark.parametrize("way", ["on", "sideways"])
def test_a_word_that_leads_nowhere_is_answered_with_words(cast: Cast, now: datetime, as_person: Any, way: str) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    shown = as_person(cast.member).post(address(enrollment), {"way": way}, follow=True).content.decode()
    said = {"on": "From where you are, this leads nowhere new.", "sideways": "This is not one of the choices."}
    assert said[way] in shown
    assert not Turn.objects.exists()


def test_somebody_elses_plan_is_not_there(cast: Cast, now: datetime, as_person: Any, api_as: Any) -> None:
    enrollment = begun(cast.member, make_plan(), now)
    for person in (cast.stranger, cast.host, cast.superuser):
        assert as_person(person).post(address(enrollment), {"way": "on"}).status_code == 404
    assert api_as(cast.stranger).post(f"/api/v1/enrollments/{enrollment.uuid}/turn/", {"way": "on"}).status_code == 404
    assert not Turn.objects.exists()


@pytest.mark.parametrize("path", ["/", "/plans/mine/"])
def test_weeks_are_called_weeks_and_days_days(cast: Cast, now: datetime, as_person: Any, path: str) -> None:
    begun(cast.member, make_plan(), now)
    shown = as_person(cast.member).get(path).content.decode()
    assert ("This week again" in shown, "On to the next week" in shown, "next day<" in shown) == (True, True, False)
    begun(cast.stranger, by_days(), now)
    shown = as_person(cast.stranger).get(path).content.decode()
    assert ("This day again" in shown, "On to the next day" in shown, "next week<" in shown) == (True, True, False)


@pytest.mark.parametrize("path", ["/", "/plans/mine/"])
def test_going_on_from_the_last_week_is_finishing(cast: Cast, now: datetime, as_person: Any, path: str) -> None:
    enrollment, client = begun(cast.member, make_plan(weeks=1), now), as_person(cast.member)
    shown = client.get(path).content.decode()
    assert ("Finish here" in shown, "On to the next week" in shown) == (True, False)
    client.post(address(enrollment), {"way": "on"})
    assert "You have walked all of it." in client.get("/plans/mine/").content.decode()


def test_a_plan_that_rests_asks_nothing_about_the_pace(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = begun(cast.member, make_plan(), now)
    Pause.objects.create(person=cast.member, enrollment=enrollment, starts_on=date(2026, 3, 10))
    assert address(enrollment) not in as_person(cast.member).get("/plans/mine/").content.decode()


def test_the_api_keeps_the_word(cast: Cast, now: datetime, api_as: Any) -> None:
    enrollment = begun(cast.member, make_plan(), now)
    answer = api_as(cast.member).post(f"/api/v1/enrollments/{enrollment.uuid}/turn/", {"way": "again"}, format="json")
    assert (answer.status_code, answer.data["way"], answer.data["local_on"]) == (201, "again", "2026-03-10")


def test_the_api_refuses_in_words(cast: Cast, now: datetime, api_as: Any) -> None:
    path = f"/api/v1/enrollments/{make_enrollment(cast.member, make_plan()).uuid}/turn/"
    refused = api_as(cast.member).post(path, {"way": "on"}, format="json")
    assert refused.status_code == 409
    assert "From where you are, this leads nowhere new." in refused.content.decode()
    assert api_as(cast.member).post(path, {"way": "sideways"}, format="json").status_code == 400
    assert not Turn.objects.exists()
