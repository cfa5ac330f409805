"""Resting and coming back, on the pages."""

from datetime import date, datetime
from typing import Any

from plans.models import Pause
from plans.services.pauses import pause_plans
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan

REST = "Nothing is waiting for you, and nothing has to be made up."


def test_one_plan_rests_and_comes_back(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    make_enrollment(cast.member, make_plan("other"))
    client, path = as_person(cast.member), f"/plans/following/{enrollment.uuid}/pause/"
    assert "I am away" in client.get(path).content.decode()

    assert client.post(path, {"reason": "travel", "ends_on": "2026-03-20"}).url == "/plans/mine/"
    page = client.get("/plans/mine/").content.decode()
    assert page.count("This plan rests, up to and including Friday 20 March.") == 1
    assert page.count("Note this step") == 1  # of the other plan

    pause = Pause.objects.visible_to(cast.member).get()
    assert client.post(f"/plans/pause/{pause.uuid}/end/").url == "/plans/mine/"
    assert REST not in client.get("/plans/mine/").content.decode().replace("It rests. " + REST, "")


def test_all_plans_rest_until_they_say(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    client = as_person(cast.member)

    client.post("/plans/pause/", {"reason": "", "ends_on": ""})

    for path in ("/plans/mine/", "/plans/pause/", f"/plans/following/{enrollment.uuid}/pause/"):
        page = client.get(path).content.decode()
        assert "All your plans rest until you say." in page
        assert "Come back now" in page


def test_a_day_that_has_passed_is_said_at_its_field(cast: Cast, now: datetime, as_person: Any) -> None:
    page = as_person(cast.member).post("/plans/pause/", {"reason": "ill", "ends_on": "2026-03-01"}).content.decode()

    assert '<a href="#id_ends_on">' in page
    assert 'value="2026-03-01"' in page


def test_somebody_elses_pause_and_plan_are_absent(cast: Cast, now: datetime, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    pause = pause_plans(person=cast.member, enrollment=enrollment, ends_on=date(2026, 3, 20), now=now)
    for person in (cast.stranger, cast.host, cast.superuser):
        client = as_person(person)
        assert client.post(f"/plans/pause/{pause.uuid}/end/").status_code == 404
        assert client.post(f"/plans/following/{enrollment.uuid}/pause/").status_code == 404
        assert client.post(f"/plans/following/{enrollment.uuid}/not-today/", {"act": "rest"}).status_code == 404
        assert client.post(f"/plans/following/{enrollment.uuid}/change/").status_code == 404
    assert Pause.objects.visible_to(cast.member).get().ends_on == date(2026, 3, 20)


def test_coming_back_is_never_a_link(cast: Cast, now: datetime, as_person: Any) -> None:
    pause = pause_plans(person=cast.member, now=now)

    assert as_person(cast.member).get(f"/plans/pause/{pause.uuid}/end/").status_code == 405
