"""The calendar over the API: bounded, mine, and everything that the page can do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from groups.models import Group, Rsvp
from plans.models import DayChange
from tests.kit.cast import Cast
from tests.kit.world import make_event
from tests.mindmove.calendar.test_calendar import follow, note

URL = "/api/v1/calendar/"
NAMED = ("Group", "GroupName")


def test_a_stretch_of_days(cast: Cast, now: Any, api_as: Any) -> None:
    enrollment = follow(cast.member, 1, 4)
    log = note(cast.member, now - timedelta(days=1), title="Round the pond")
    event = make_event(cast.group, now)
    Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)

    answer = api_as(cast.member).get(URL, {"from": "2026-03-09", "to": "2026-03-15"})

    days = {day["on"]: day for day in answer.data["days"]}
    assert len(days) == 7
    assert [(row["uuid"], row["title"]) for row in days["2026-03-09"]["logs"]] == [(str(log.uuid), "Round the pond")]
    assert [row["uuid"] for row in days["2026-03-12"]["events"]] == [str(event.uuid)]
    (step,) = days["2026-03-13"]["planned"]
    assert (step["enrollment"], step["title"], step["at_time"], step["is_moved"]) == (
        str(enrollment.uuid), "Step 1.2", "18:30:00", False,
    )  # fmt: skip
    assert answer.data["any_day"] == []
    other = api_as(cast.stranger).get(URL, {"from": "2026-03-09", "to": "2026-03-15"})
    assert not any(day["planned"] or day["logs"] or day["events"] for day in other.data["days"])


def test_an_event_names_its_group_in_any_script(cast: Cast, now: Any, api_as: Any) -> None:
    Group.objects.filter(pk=cast.group.pk).update(slug="晨间-苔藓")
    Rsvp.objects.create(event=make_event(cast.group, now), person=cast.member, status=Rsvp.Status.GOING)

    answer = api_as(cast.member).get(URL, {"from": "2026-03-12", "to": "2026-03-12"})

    (told,) = answer.data["days"][0]["events"]
    assert (told["group"], told["group_uuid"]) == ("晨间-苔藓", str(cast.group.uuid))
    shapes = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]
    said = [shapes["Meeting"]["properties"]["group"], *(shapes[name]["properties"]["slug"] for name in NAMED)]
    assert all(re.search(shape["pattern"], told["group"], re.ASCII) for shape in said)  # as JSON Schema reads it


def test_so_many_a_week(cast: Cast, now: Any, api_as: Any) -> None:
    follow(cast.member, times_a_week=3)
    answer = api_as(cast.member).get(URL, {"from": "2026-03-09", "to": "2026-03-15"})
    assert [(row["first_on"], len(row["sessions"])) for row in answer.data["any_day"]] == [("2026-03-09", 3)]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({}, {"from", "to"}),
        ({"from": "2026-03-01"}, {"to"}),
        ({"from": "soon", "to": "2026-03-01"}, {"from"}),
        ({"from": "2026-03-01", "to": "2026-05-02"}, {"to"}),
        ({"from": "2026-03-02", "to": "2026-03-01"}, {"to"}),
        ({"from": "0001-01-01", "to": "0001-01-02"}, {"from", "to"}),
        ({"from": "9999-12-30", "to": "9999-12-31"}, {"from", "to"}),
    ],
)
def test_what_is_no_stretch_is_refused_at_its_field(cast: Cast, now: Any, api_as: Any, query: Any, fields: Any) -> None:
    answer = api_as(cast.member).get(URL, query)
    assert answer.status_code == 400
    assert {row["field"] for row in answer.json()["errors"]} == fields


def test_sixty_two_days_are_the_most(cast: Cast, now: Any, api_as: Any) -> None:
    answer = api_as(cast.member).get(URL, {"from": "2026-03-01", "to": "2026-05-01"})
    assert len(answer.data["days"]) == 62


def test_a_step_is_moved_kept_for_rest_and_put_back(cast: Cast, now: Any, api_as: Any) -> None:
    enrollment, client = follow(cast.member, 1, 4), api_as(cast.member)
    path = f"/api/v1/enrollments/{enrollment.uuid}/days/2026-03-13/"

    assert client.put(path, {"moved_to": "2026-03-14", "at_time": "09:00"}, format="json").status_code == 200
    assert str(DayChange.objects.get().moved_to) == "2026-03-14"
    assert client.put(path, {"moved_to": None}, format="json").status_code == 200
    assert DayChange.objects.get().moved_to is None
    assert client.delete(path).status_code == 204
    assert not DayChange.objects.exists()
    refused = client.put(path, {"moved_to": "2026-03-09"}, format="json")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "moved_to")


def test_the_weeks(cast: Cast, now: Any, api_as: Any) -> None:
    note(cast.member, now - timedelta(weeks=2))
    weeks = api_as(cast.member).get("/api/v1/weeks/").data
    assert (len(weeks["weeks"]), weeks["with_something"], weeks["rest_note"]) == (12, 1, None)
    assert [week["minutes"] for week in weeks["weeks"][:3]] == [0, 0, 12]


@pytest.mark.parametrize("name", ["stranger", "host", "superuser"])
def test_nobody_elses(cast: Cast, now: Any, api_as: Any, name: str) -> None:
    enrollment, client = follow(cast.member, 1, 4), api_as(cast.people[name])
    path = f"/api/v1/enrollments/{enrollment.uuid}/days/2026-03-13/"
    assert client.put(path, {"moved_to": None}, format="json").status_code == 404
    assert client.delete(path).status_code == 404
    assert api_as(None).get(URL).status_code == 401
