"""Promise C3: a double click without a key makes one row, or gets a reason that says so."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock
from groups.models import Buddies, Comment, Event, Goal, GoalShare, Group, HostMessage, Post, Series
from moderation.models import Report
from tests.groups.kit import make_event
from tests.groups.together_kit import make_goal
from tests.kit.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
CLICKS = 20
REASONS = {"said_already", "goal_running", "too_fast"}
WHAT = {"title": "Mill", "place": "The lock", "setting": "water", "effort": "easy"}


def group(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    said = {"name": "Ferns", "kind": "walking", "place": "Berlin", "time_zone": "Europe/Berlin", "effort": "easy"}
    return "/api/v1/groups/", said, Group.objects.filter(name="Ferns")


def event(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    at = {"starts_at": str(now + timedelta(days=2)), "ends_at": str(now + timedelta(days=2, hours=1))}
    return f"/api/v1/groups/{cast.group.uuid}/events/", WHAT | at, Event.objects.all()


def series(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    when = {"rrule": "FREQ=WEEKLY", "at_time": "18:30", "minutes": 60, "starts_on": str(date(2026, 3, 20))}
    return f"/api/v1/groups/{cast.group.uuid}/series/", WHAT | when, Series.objects.all()


def post(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    return f"/api/v1/groups/{cast.group.uuid}/posts/", {"text": "Hi"}, Post.objects.all()


def comment(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    under = Post.objects.create(group=cast.group, author=cast.owner, text="Moss")
    return f"/api/v1/posts/{under.uuid}/comments/", {"text": "Yes"}, Comment.objects.all()


def message(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    found = make_event(cast.group, now)
    return f"/api/v1/events/{found.uuid}/messages/", {"text": "At the gate"}, HostMessage.objects.all()


def goal(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    today = clock.local_day(now, cast.group.time_zone)
    said = {"title": "To the sea", "unit": "minutes", "target": 900}
    days = {"starts_on": str(today), "ends_on": str(today + timedelta(days=30))}
    return f"/api/v1/groups/{cast.group.uuid}/goals/", said | days, Goal.objects.all()


def buddy(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    return "/api/v1/buddies/", {"person": str(cast.owner.uuid)}, Buddies.objects.all()


def report(cast: Cast, now: datetime) -> tuple[str, dict[str, Any], Any]:
    said = {"about_kind": "group", "about_id": str(cast.group.uuid), "reason": "spam"}
    return "/api/v1/reports/", said, Report.objects.all()


@pytest.fixture
def host(cast: Cast, now: datetime, api_as: Callable[[Any], APIClient]) -> APIClient:
    cast.host.joined_at = LONG_AGO
    cast.host.save()
    return api_as(cast.host)


@pytest.mark.parametrize("door", [group, event, series, post, comment, message, goal, buddy, report])
def test_twenty_clicks_are_one_row_or_a_reason(cast: Cast, now: datetime, host: APIClient, door: Any) -> None:
    path, body, rows = door(cast, now)

    answers = [host.post(path, body, format="json") for _ in range(CLICKS)]

    assert rows.count() == 1
    assert answers[0].status_code in {200, 201}, answers[0].content
    reasons = {one.json()["code"] for one in answers if one.status_code >= 400}
    assert reasons <= REASONS
    assert {one.status_code for one in answers} <= {200, 201, 409, 429}


def test_counting_in_twenty_times_is_once(cast: Cast, now: datetime, api_as: Any) -> None:
    goal = make_goal(cast.group, cast.host)
    member = api_as(cast.member)
    part = f"/api/v1/groups/{cast.group.uuid}/goals/{goal.uuid}/part/"
    answers = {member.put(part).status_code for _ in range(CLICKS)}
    assert answers == {200}
    assert GoalShare.objects.count() == 1


@pytest.mark.parametrize("door", [group, event, series])
def test_control_what_differs_or_comes_later_is_another(cast: Cast, now: datetime, host: APIClient, door: Any) -> None:
    path, body, rows = door(cast, now)
    host.post(path, body, format="json")
    host.post(path, body | {"effort": "hard"}, format="json")
    assert rows.count() == 2
    with clock.frozen_at(now + timedelta(minutes=2)):
        host.post(path, body, format="json")
    assert rows.count() == 3
