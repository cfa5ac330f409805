"""My plans are mine."""

from typing import Any

from plans.models import Enrollment
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of


def test_somebody_elses_plan_is_as_absent_as_an_unknown_one(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    path = f"/plans/following/{enrollment.uuid}/stop/"
    for person in (cast.stranger, cast.host, cast.editor, cast.superuser):
        client = as_person(person)
        unknown = client.get("/plans/following/00000000-0000-4000-8000-000000000000/stop/")
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == unknown.status_code == 404
        assert "small-walks" not in client.get("/plans/mine/").content.decode()
    assert Enrollment.objects.get().is_active


def test_putting_a_plan_away_asks_first(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    client, path = as_person(cast.member), f"/plans/following/{enrollment.uuid}/stop/"
    assert client.get(path).status_code == 200
    assert Enrollment.objects.get().is_active
    assert client.post(path).url == "/plans/mine/"
    assert not Enrollment.objects.get().is_active
    assert "No plan yet" in client.get("/plans/mine/").content.decode()


def test_a_plan_that_is_walked_through_gets_a_kind_word(cast: Cast, now: Any, as_person: Any) -> None:
    plan = make_plan(weeks=1)
    make_enrollment(cast.member, plan)
    for session in sessions_of(plan):
        log_session(person=cast.member, now=now, minutes=3, intensity="light", session=session)
    page = as_person(cast.member).get("/plans/mine/").content.decode()
    assert "You have walked all of it." in page
    assert "2 of 2 steps" in page


def test_what_each_plan_says_of_its_next_step(cast: Cast, now: Any, as_person: Any) -> None:
    make_enrollment(cast.member, make_plan("withdrawn", published=False))
    make_enrollment(cast.member, make_plan("later"), starts_on=now.date().replace(day=20))
    done = make_plan("done-today")
    make_enrollment(cast.member, done)
    log_session(person=cast.member, now=now, minutes=3, intensity="light", session=sessions_of(done)[0])
    page = as_person(cast.member).get("/plans/mine/").content.decode()
    assert "This plan is not offered at the moment." in page
    assert "It begins on Friday 20 March" in page
    assert "Done for today. After this comes “Step 1.2”." in page
