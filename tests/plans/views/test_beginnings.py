"""One tap begins, the log page follows; begun and not noted waits on Today."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from plans.models import Beginning, MoodRating, SessionLog
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of

LOG = {"exercise_type": "walking", "minutes": "", "intensity": "moderate"}


def begin(cast: Cast, client: Any, **values: Any) -> str:
    plan = make_plan()
    make_enrollment(cast.member, plan)
    return client.post("/plans/begin/", {"session": sessions_of(plan)[0].pk, **values}).url


def test_start_mood_done(cast: Cast, now: datetime, as_person: Any) -> None:
    client = as_person(cast.member)
    path = begin(cast, client, guess="2")
    page = client.get(path)
    form = page.context["form"]
    assert "You began at 10:00." in page.content.decode()  # in Berlin
    assert "2 of 7" not in page.content.decode()  # what was guessed is not held beside the scale
    sent = {name: form[name].value() or "" for name in ("uuid", "exercise_type", "minutes", "intensity")}
    with clock.frozen_at(now + timedelta(minutes=18)):
        assert client.post(path, {**sent, "mood_after": "5"}).url == "/"
    log = SessionLog.objects.get()
    moods = MoodRating.objects.visible_to(cast.member).values_list("moment", "value")
    assert (log.minutes, log.session, dict(moods)) == (
        18,
        sessions_of(log.enrollment.template)[0],
        {"guess": 2, "after": 5},
    )  # type: ignore[union-attr]
    assert client.post(path, {**sent, "mood_after": "5"}).url == "/"  # a double tap
    assert client.get(path).url == f"/plans/logs/{log.uuid}/"
    assert SessionLog.objects.count() == 1
    assert "You guessed 2 of 7 beforehand." in client.get(f"/plans/logs/{log.uuid}/").content.decode()
    assert "guessed: 2 of 7" in client.get("/plans/logs/").content.decode()


def test_the_small_version_begins_as_such(cast: Cast, now: datetime, as_person: Any) -> None:
    client = as_person(cast.member)
    assert client.get(begin(cast, client, floor="1")).context["form"]["is_floor"].value() is True


def test_today_offers_what_is_begun_until_it_is_let_go(cast: Cast, now: datetime, as_person: Any) -> None:
    client = as_person(cast.member)
    begin(cast, client)
    begun = Beginning.objects.visible_to(cast.member).get()
    assert "You began “Step 1.1” at 10:00." in client.get("/").content.decode()
    with clock.frozen_at(now + timedelta(hours=24)):
        assert "You began" not in client.get("/").content.decode()
    assert client.get(f"/plans/beginnings/{begun.uuid}/let-go/").status_code == 405
    assert as_person(cast.superuser).post(f"/plans/beginnings/{begun.uuid}/let-go/").status_code == 404
    assert client.post(f"/plans/beginnings/{begun.uuid}/let-go/").url == "/"
    assert not Beginning.objects.visible_to(cast.member).exists()


def test_what_somebody_else_began_is_absent(cast: Cast, now: datetime, as_person: Any) -> None:
    path = begin(cast, as_person(cast.member))
    assert as_person(cast.stranger).get(path).status_code == 404
    assert as_person(cast.stranger).get(f"/plans/log/?beginning={uuid4()}").status_code == 404
    assert as_person(cast.stranger).get("/plans/log/?beginning=x").status_code == 404


def test_anything_in_ones_own_words_and_time(cast: Cast, now: datetime, as_person: Any) -> None:
    make_type("walking")
    client = as_person(cast.member)
    assert 'value="2026-03-09T10:00"' in client.get("/plans/log/?yesterday=1").content.decode()
    said = {**LOG, "minutes": "40", "title": "Allotment", "distance_km": "2.5", "done_at": "2026-03-08T18:05"}
    client.post("/plans/log/", {**said, "uuid": str(uuid4())})
    log = SessionLog.objects.get()
    assert (log.title, log.distance_m, log.done_at) == ("Allotment", 2500, datetime(2026, 3, 8, 17, 5, tzinfo=UTC))
    assert (str(log.local_on), log.time_zone) == ("2026-03-08", "Europe/Berlin")
    assert "Allotment" in client.get("/plans/logs/").content.decode()


def test_a_time_that_makes_no_sense_is_said_at_its_field(cast: Cast, now: datetime, as_person: Any) -> None:
    make_type("walking")
    for wrong in ("x", "2026-13-40T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-10T23:00"):
        data = {**LOG, "minutes": "5", "uuid": str(uuid4()), "done_at": wrong}
        page = as_person(cast.member).post("/plans/log/", data)
        assert set(page.context["form"].errors) == {"done_at"}, wrong
        assert wrong in page.content.decode()


def test_a_time_left_alone_keeps_its_seconds_and_its_day(cast: Cast, now: datetime, as_person: Any) -> None:
    done = now - timedelta(seconds=17)
    log = SessionLog.objects.create(
        person=cast.member, exercise_type=make_type("walking"), minutes=5, intensity="light",
        done_at=done, local_on=done.date() - timedelta(days=1),
    )  # fmt: skip
    client, path = as_person(cast.member), f"/plans/logs/{log.uuid}/"
    shown = "2026-03-10T09:59"
    assert f'value="{shown}"' in client.get(path).content.decode()
    client.post(path, {**LOG, "minutes": "6", "uuid": str(log.uuid), "done_at": shown})
    log.refresh_from_db()
    assert (log.minutes, log.done_at, log.local_on) == (6, done, done.date() - timedelta(days=1))


def test_few_queries_and_no_more_with_twenty_thousand_logs(cast: Cast, now: datetime, as_person: Any) -> None:
    kind, client = make_type("walking"), as_person(cast.member)
    for number in range(5):
        make_enrollment(cast.member, make_plan(f"plan-{number}"))
    path, counts = f"/plans/log/?session={sessions_of(make_plan('last'))[0].pk}", []
    for more in (2_000, 18_000):
        rows = [
            SessionLog(
                person=cast.member, exercise_type=kind, minutes=5, intensity="light", done_at=done, local_on=done
            )
            for done in (now - timedelta(hours=hour) for hour in range(more))
        ]
        SessionLog.objects.bulk_create(rows)
        found = []
        for ask in (
            lambda: client.get(path),
            lambda: client.post(path, {**LOG, "minutes": "5", "uuid": str(uuid4()), "mood_after": "5", "note": "x"}),
            lambda: client.get("/plans/logs/?page=50"),
        ):
            with CaptureQueriesContext(connection) as asked:
                assert ask().status_code in {200, 302}
            found.append(len([q for q in asked if "SAVEPOINT" not in q["sql"]]))
        counts.append(found)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 12
    assert counts[0][1] <= 12
