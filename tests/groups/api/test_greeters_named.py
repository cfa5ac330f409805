"""Who greets is looked up by the service that changes a meeting: bad input is answered as by the field."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import User
from groups.models import Event, Series
from groups.services.series import start_series
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
