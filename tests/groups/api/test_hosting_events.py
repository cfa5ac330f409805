"""Hosting over the API: the same rules as on the pages."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from groups.models import Event, Rsvp, Series
from groups.services.groups import create_group
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

ANY = {"If-Match": "*"}
TEXTS = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy"}
WEEKLY = {**TEXTS, "rrule": "FREQ=WEEKLY;BYDAY=TU", "starts_on": "2026-03-17", "at_time": "18:00", "minutes": 60}


def in_group(cast: Cast, what: str) -> str:
    return f"/api/v1/groups/{cast.group.uuid}/{what}/"


def test_a_host_plans_changes_and_calls_off_one(cast: Cast, now: datetime, api_as) -> None:
    times = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=1)}
    host = api_as(cast.host)
    made = host.post(in_group(cast, "events"), {**TEXTS, **times, "greeter": str(cast.host.uuid)}, format="json")
    assert made.status_code == 201, made.content
    url = f"/api/v1/events/{made.json()['uuid']}/"
    assert host.patch(url, {"place": "Mill"}, format="json", headers=ANY).json()["place"] == "Mill"
    assert host.post(f"{url}cancel/").json()["status"] == "cancelled"
    assert host.patch(url, {"place": "Hill"}, format="json", headers=ANY).status_code == 409


def test_a_series_begins_changes_from_a_day_goes_on_and_is_called_off(cast: Cast, now: datetime, api_as) -> None:
    host = api_as(cast.host)
    made = host.post(in_group(cast, "series"), WEEKLY, format="json").json()
    event = Event.objects.get(occurs_on="2026-03-24")
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    url = f"/api/v1/series/{made['uuid']}/"
    changed = host.patch(url, {"since": "2026-03-24", "at_time": "19:00"}, format="json", headers=ANY).json()
    assert (changed["changed"], changed["moved"], changed["removed"]) == (7, 7, 0)
    assert Rsvp.objects.get(event=event).status == GOING
    now_url = f"/api/v1/series/{changed['series']['uuid']}/"
    assert host.post(f"{now_url}confirm/").status_code == 200
    assert host.post(f"{now_url}cancel/", {"since": "2026-03-24"}, format="json").json()["ended_at"] is not None
    assert api_as(None).get(url).json()["is_followed"] is True


def test_what_is_answered_of_a_series_is_what_is_read_of_it_then(cast: Cast, now: datetime, api_as) -> None:
    """The second change comes between the series and what the first one made of its later weeks."""
    host = api_as(cast.host)
    said = {**WEEKLY, "greeter": str(cast.member.uuid)}
    url = f"/api/v1/series/{host.post(in_group(cast, 'series'), said, format='json').json()['uuid']}/"
    changes = [{"since": "2026-03-17", "capacity": 9}, {"since": "2026-04-14", "minutes": 30}]
    changes += [{"since": "2026-03-31", "greeter": str(cast.owner.uuid)}]
    shown = [host.patch(url, change, format="json", headers=ANY).json()["series"] for change in changes]
    assert [series["is_followed"] for series in shown] == [False, False, True]

    ended = host.post(f"{url}cancel/", {"since": "2026-04-07"}, format="json").json()
    assert ended == host.get(url).json()
    assert Series.objects.get(uuid=shown[2]["uuid"]).followed_by == Series.objects.get(uuid=shown[1]["uuid"])
    assert {event.greeter for event in Event.objects.filter(series__uuid=shown[2]["uuid"])} == {cast.owner}


@pytest.mark.parametrize("change", [{"title": "Weir", "minutes": 45}, {"since": "2026-03-31", "at_time": "07:30"}])
def test_the_answer_to_a_change_is_as_the_series_is_read(cast: Cast, now: datetime, api_as, change: dict) -> None:
    host = api_as(cast.host)
    made = host.post(in_group(cast, "series"), WEEKLY, format="json").json()
    body = {"since": "2026-03-17", **change}
    shown = host.patch(f"/api/v1/series/{made['uuid']}/", body, format="json", headers=ANY).json()["series"]
    assert shown == host.get(f"/api/v1/series/{shown['uuid']}/").json()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"rrule": "FREQ=SECONDLY"}, {"rrule"}), ({"time_zone": "Mars/Olympus"}, {"time_zone"}),
        ({"is_newcomer_friendly": True}, {*Series.CARD, "greeter"}), ({"minutes": 1}, {"minutes"}),
        ({"greeter": "00000000-0000-4000-8000-000000000000"}, {"greeter"}),
        ({"starts_on": "9999-12-31"}, {"starts_on"}),
        ({"runs_until": "0001-01-01"}, {"runs_until"}), ({"starts_on": "0001-01-01"}, {"starts_on"}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_each_field(cast: Cast, now: datetime, api_as, body: dict, fields: set) -> None:
    refused = api_as(cast.host).post(in_group(cast, "series"), {**WEEKLY, **body}, format="json")
    assert refused.status_code == 400
    assert {error["field"] for error in refused.json()["errors"]} == fields
    assert not Series.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("member", 403), ("stranger", 403), ("banned", 404), (None, 401)])
def test_only_hosts_host(cast: Cast, now: datetime, api_as, name: str | None, status: int) -> None:
    event = make_event(cast.group, now)
    api_as(cast.host).post(in_group(cast, "series"), WEEKLY, format="json")
    series = Series.objects.get()
    client = api_as(cast.people[name] if name else None)
    for method, url in [
        ("post", in_group(cast, "events")), ("post", in_group(cast, "series")),
        ("patch", f"/api/v1/events/{event.uuid}/"),
        ("post", f"/api/v1/events/{event.uuid}/cancel/"), ("patch", f"/api/v1/series/{series.uuid}/"),
        ("post", f"/api/v1/series/{series.uuid}/cancel/"), ("post", f"/api/v1/series/{series.uuid}/confirm/"),
    ]:  # fmt: skip
        assert getattr(client, method)(url, {}, format="json", headers=ANY).status_code == status, url


@pytest.mark.parametrize("since", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_answered(cast: Cast, now: datetime, api_as, since: str) -> None:
    host = api_as(cast.host)
    url = f"/api/v1/series/{host.post(in_group(cast, 'series'), WEEKLY, format='json').json()['uuid']}/"
    assert host.patch(url, {"since": since, "title": "x"}, format="json", headers=ANY).status_code == 400
    assert host.post(f"{url}cancel/", {"since": since}, format="json").status_code == 200
    far = {**TEXTS, "starts_at": f"{since}T00:00:00Z", "ends_at": f"{since}T01:00:00Z"}
    assert host.post(in_group(cast, "events"), far, format="json").status_code == 400


def test_a_stranger_cannot_be_told_from_nobody_when_a_greeter_is_named(cast: Cast, now: datetime, api_as) -> None:
    url, nobody = f"/api/v1/events/{make_event(cast.group, now).uuid}/", "00000000-0000-4000-8000-000000000000"
    host = api_as(cast.host)

    refused = [
        host.patch(url, {"greeter": who}, format="json", headers=ANY) for who in (str(cast.stranger.uuid), nobody)
    ]

    assert [answer.status_code for answer in refused] == [400, 400]
    said = [answer.content.decode().replace(str(cast.stranger.uuid), nobody) for answer in refused]
    assert said[0] == said[1]


def test_a_greeter_whom_the_host_does_not_know_is_told_of_with_all_else_and_first(
    cast: Cast, now: datetime, api_as
) -> None:
    """In a series they are looked up with its meetings; what is answered is what a look-up of its own answers."""
    host, stranger = api_as(cast.host), {"greeter": str(cast.stranger.uuid)}
    url = f"/api/v1/series/{host.post(in_group(cast, 'series'), WEEKLY, format='json').json()['uuid']}/"
    no_such = f"Object with uuid={cast.stranger.uuid} does not exist."
    for also, fields in [
        ({}, {"greeter"}), ({"title": ""}, {"title", "greeter"}), ({"rrule": "FREQ=SECONDLY"}, {"greeter"}),
        ({"since": "2031-01-01"}, {"greeter"}), ({"greeter": "Mill"}, {"greeter"}), ({"greeter": 7}, {"greeter"}),
    ]:  # fmt: skip
        refused = host.patch(url, {"since": "2026-03-17", **stranger, **also}, format="json", headers=ANY)
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
        assert {error["field"] for error in refused.json()["errors"]} == fields
        if "greeter" not in also:
            assert no_such in {error["message"] for error in refused.json()["errors"]}


@pytest.mark.parametrize("weeks_made", [True, False])
def test_who_greets_is_from_the_group(cast: Cast, now: datetime, api_as, weeks_made: bool) -> None:
    """Whether there are meetings to ask it with, or none."""
    host = api_as(cast.host)
    said = {"name": "Late Ferns", "kind": "walking", "place": "Bern", "time_zone": "Europe/Zurich"}
    another = create_group(owner=cast.host, now=now, **said)  # in which they know each other
    another.memberships.create(person=cast.stranger)
    url = f"/api/v1/series/{host.post(in_group(cast, 'series'), WEEKLY, format='json').json()['uuid']}/"
    if not weeks_made:
        Event.objects.all().delete()

    def greets(person: User | None) -> tuple[int, str]:
        said = {"since": "2026-03-17", "greeter": person and str(person.uuid)}
        answer = host.patch(url, said, format="json", headers=ANY)
        return answer.status_code, answer.json().get("code", "")

    assert greets(cast.stranger) == (400, "greeter_not_member")
    assert greets(cast.owner) == (200, "")
    assert {event.greeter for event in Event.objects.all()} == {cast.owner}
    assert Series.objects.get().greeter == cast.owner
    cast.group.memberships.filter(person=cast.owner).update(left_at=now)
    refused = host.patch(url, {"since": "2026-03-17", "title": "Weir"}, format="json", headers=ANY)
    assert refused.json()["code"] == "greeter_not_member"
    assert greets(None) == (200, "")
    assert Series.objects.get().greeter is None
