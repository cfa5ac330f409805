"""Who greets is looked up by the service that changes a meeting: bad input is answered as by the field."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import User
from groups.models import Event, Series
from groups.services.absence import let_absent_step_back
from groups.services.memberships import look
from groups.services.series import start_series
from notifications.models import Notification
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
type Change = Callable[..., Any]


@pytest.fixture(params=["event", "series"])
def thing(request: pytest.FixtureRequest, cast: Cast, now: datetime, api_as: Callable[[User], Any]) -> Any:
    """A meeting, or what recurs, that the member greets at; and a change of it by the host."""
    client = api_as(cast.host)
    if request.param == "event":
        made: Event | Series = make_event(cast.group, now, greeter=cast.member)
        path, since = f"/api/v1/events/{made.uuid}/", {}
    else:
        on = {"starts_on": (now + timedelta(days=4)).date(), "at_time": time(18), "minutes": 60}
        text = {"title": "Ford", "place": "The ford", "setting": "forest", "effort": "easy", "greeter": cast.member}
        made = start_series(group=cast.group, now=now, rrule="FREQ=WEEKLY", **on, **text)
        path, since = f"/api/v1/series/{made.uuid}/", {"since": str(made.starts_on)}
    return made, lambda **said: client.patch(path, {**since, **said}, "json", headers={"If-Match": "*"})


@pytest.mark.parametrize("nobody", [None, ""])
def test_nobody_greets_any_more(thing: tuple[Any, Change], nobody: str | None) -> None:
    made, change = thing
    assert change(greeter=nobody).status_code == 200
    made.refresh_from_db()
    assert made.greeter is None


@pytest.mark.parametrize("who", ["5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10", 7, "x", "somebody outside"])
def test_who_is_not_known_is_named_with_all_else_that_is_wrong(cast: Cast, thing: Any, who: Any) -> None:
    made, change = thing
    address = str(cast.stranger.uuid) if who == "somebody outside" else who

    alone, with_more = change(greeter=address), change(greeter=address, title="")

    assert (alone.status_code, alone.json()["code"]) == (400, "invalid")
    assert [error["field"] for error in alone.json()["errors"]] == ["greeter"]
    assert {error["field"] for error in with_more.json()["errors"]} == {"greeter", "title"}
    made.refresh_from_db()
    assert made.greeter == cast.member


def test_who_just_looks_is_not_named_to_everybody(cast: Cast, now: datetime, thing: tuple[Any, Change]) -> None:
    """Hosts alone know that they are there; whoever greets is named on the meeting's page."""
    made, change = thing
    look(group=cast.group, person=cast.stranger, now=now)

    refused = change(greeter=str(cast.stranger.uuid))

    assert (refused.status_code, refused.json()["code"]) == (400, "greeter_not_member")
    made.refresh_from_db()
    assert made.greeter == cast.member


@pytest.mark.parametrize("what", ["events", "series"])
def test_nor_at_a_meeting_that_is_new(cast: Cast, now: datetime, what: str, api_as: Callable[[User], Any]) -> None:
    look(group=cast.group, person=cast.stranger, now=now)
    day = (now + timedelta(days=4)).date()
    said: dict[str, Any] = {"title": "Ford", "place": "The ford", "setting": "forest", "effort": "easy"}
    said |= {
        "events": {"starts_at": f"{day}T10:00Z", "ends_at": f"{day}T11:00Z"},
        "series": {"starts_on": str(day), "at_time": "18:00", "minutes": 60, "rrule": "FREQ=WEEKLY"},
    }[what]
    plan = lambda greeter: api_as(cast.host).post(  # noqa: E731 - an act
        f"/api/v1/groups/{cast.group.uuid}/{what}/", {**said, "greeter": str(greeter.uuid)}, "json"
    )

    assert plan(cast.stranger).json()["code"] == "greeter_not_member"
    assert plan(cast.member).status_code == 201


def test_the_page_offers_who_takes_part(cast: Cast, now: datetime, as_person: Callable[[User], Any]) -> None:
    look(group=cast.group, person=cast.stranger, now=now)
    form = as_person(cast.host).get(f"/groups/{cast.group.slug}/events/new/").context["form"]
    offered = set(form.fields["greeter"].queryset)
    assert cast.member in offered
    assert cast.stranger not in offered


def test_who_was_named_while_they_looked_greets_no_more(cast: Cast, now: datetime, thing: tuple[Any, Change]) -> None:
    made, _change = thing
    cast.group.memberships.filter(person=cast.member).update(is_looking=True)
    card = dict.fromkeys(("where_to_stand", "how_it_goes", "pace", "toilets", "leaving_early"), "Said.")
    Event.objects.update(is_newcomer_friendly=True, **card)

    let_absent_step_back(now=now)

    made.refresh_from_db()
    assert made.greeter is None
    assert not Event.objects.filter(greeter=cast.member).exists()
    assert {told.person for told in Notification.objects.filter(kind="greeter_gone")} == {cast.owner, cast.host}
