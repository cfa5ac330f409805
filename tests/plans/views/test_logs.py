"""Noting in three taps, changing and removing; one reader."""

from typing import Any
from uuid import uuid4

import pytest

from plans.models import MoodRating, SessionLog
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of

CANARY = "zq-canary-note"
LOG = {"exercise_type": "walking", "minutes": "12", "intensity": "moderate"}


def note(cast: Cast, now: Any, **values: Any) -> SessionLog:
    kind = make_type("walking")
    return log_session(
        person=cast.member, now=now, minutes=12, intensity="moderate", exercise_type=kind, note=CANARY, **values
    )


def test_a_step_is_prefilled_and_noted(cast: Cast, now: Any, as_person: Any) -> None:
    plan = make_plan()
    enrollment, session = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    client, path = as_person(cast.member), f"/plans/log/?enrollment={enrollment.uuid}&session={session.pk}"
    page = client.get(path)
    form = page.context["form"]
    assert "Step 1.1" in page.content.decode()
    taps = {"mood_before": "2", "mood_after": "4", "uuid": form["uuid"].value()}
    answer = client.post(path, {**LOG, **taps, "intensity": form["intensity"].value()})
    assert answer.url == "/"
    log = SessionLog.objects.get()
    assert (log.session, log.enrollment, log.minutes) == (session, enrollment, 12)
    assert dict(log.moods.visible_to(cast.member).values_list("moment", "value")) == {"before": 2, "after": 4}


def test_the_small_version_is_prefilled_with_its_minutes(cast: Cast, now: Any, as_person: Any) -> None:
    session = sessions_of(make_plan())[0]
    form = as_person(cast.member).get(f"/plans/log/?session={session.pk}&floor=1").context["form"]
    assert (form["minutes"].value(), form["is_floor"].value()) == (3, True)


def test_sending_twice_makes_one_row(cast: Cast, now: Any, as_person: Any) -> None:
    make_type("walking")
    client, data = as_person(cast.member), {**LOG, "uuid": str(uuid4())}
    client.post("/plans/log/", data)
    client.post("/plans/log/", data)
    assert SessionLog.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "session=999999",
        "session=x",
        "session=99999999999999999999999",
        "enrollment=x",
        "enrollment=00000000-0000-4000-8000-000000000000",
    ],
)
def test_an_unknown_step_is_absent(cast: Cast, now: Any, as_person: Any, query: str) -> None:
    assert as_person(cast.member).get(f"/plans/log/?{query}").status_code == 404


def test_a_step_of_somebody_elses_plan_is_absent(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    assert as_person(cast.stranger).get(f"/plans/log/?enrollment={enrollment.uuid}").status_code == 404


def test_an_error_stands_at_its_field(cast: Cast, now: Any, as_person: Any) -> None:
    make_type("walking")
    data = {**LOG, "minutes": "0", "mood_after": "9", "note": "still here", "uuid": str(uuid4())}
    page = as_person(cast.member).post("/plans/log/", data)
    assert set(page.context["form"].errors) == {"minutes", "mood_after"}
    assert "still here" in page.content.decode()
    assert not SessionLog.objects.exists()


def test_my_days_can_be_changed_and_removed(cast: Cast, now: Any, as_person: Any) -> None:
    log = note(cast, now, mood_before=3)
    client, path = as_person(cast.member), f"/plans/logs/{log.uuid}/"
    page = client.get("/plans/logs/").content.decode()
    assert CANARY in page
    assert "mood before: 3 of 7" in page
    form = client.get(path).context["form"]
    assert (form["mood_before"].value(), form["exercise_type"].value()) == (3, "walking")
    assert client.post(path, {**LOG, "minutes": "20", "uuid": str(log.uuid)}).url == "/plans/logs/"
    log.refresh_from_db()
    assert (log.minutes, MoodRating.objects.visible_to(cast.member).count()) == (20, 0)
    assert client.get(f"{path}delete/").status_code == 200
    assert SessionLog.objects.exists()
    client.post(f"{path}delete/")
    assert not SessionLog.objects.exists()


def test_nobody_else_finds_a_log(cast: Cast, now: Any, as_person: Any) -> None:
    log = note(cast, now, mood_before=3)
    for person in (cast.stranger, cast.host, cast.owner, cast.editor, cast.superuser):
        client = as_person(person)
        for path in (f"/plans/logs/{log.uuid}/", f"/plans/logs/{log.uuid}/delete/"):
            assert client.get(path).status_code == client.post(path, LOG).status_code == 404
        assert CANARY not in client.get("/plans/logs/").content.decode()
    assert SessionLog.objects.get().minutes == 12
