"""What a host changes is read as it was written, so that an app can fill its form with it."""

from datetime import datetime

import pytest

from accounts.models import Block, User
from groups.models import Group, Series
from groups.services.groups import change_group
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

ABOUT = "**Slowly**, by the water."
TEXTS = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "about": ABOUT}
WEEKLY = {**TEXTS, "rrule": "FREQ=WEEKLY;BYDAY=TU", "starts_on": "2026-03-17", "at_time": "18:00", "minutes": 60}
SPOT = {"latitude": 52.51, "longitude": 13.35}


@pytest.fixture
def group(cast: Cast, now: datetime) -> str:
    change_group(group=cast.group, by=cast.host, now=now, about=ABOUT)
    return f"/api/v1/groups/{cast.group.uuid}/"


def series_of(cast: Cast, api_as, **said: object) -> str:
    made = api_as(cast.host).post(f"/api/v1/groups/{cast.group.uuid}/series/", {**WEEKLY, **said}, format="json")
    assert made.status_code == 201, made.content
    url = f"/api/v1/series/{made.json()['uuid']}/"
    assert made.json() == api_as(cast.host).get(url).json()
    return url


def kept(client, url: str, **said: object):
    """Return the answer to a change that was made with the tag of what was read."""
    return client.patch(url, said, format="json", headers={"If-Match": client.get(url).headers["ETag"]})


def test_a_group_is_described_in_what_was_written(cast: Cast, group: str, api_as) -> None:
    assert api_as(None).get(group).json()["about"] == ABOUT
    assert all("about" not in row for row in api_as(cast.host).get("/api/v1/groups/").json()["results"])
    changed = kept(api_as(cast.host), group, about="*Fast*")
    assert (changed.status_code, changed.json()["about"]) == (200, "*Fast*")
    assert changed.headers["ETag"] == api_as(cast.host).get(group).headers["ETag"]


def test_who_may_not_see_a_group_reads_nothing_of_it(cast: Cast, group: str, api_as) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    assert api_as(cast.member).get(group).json()["about"] == ABOUT
    assert api_as(cast.stranger).get(group).status_code == 404


def test_an_event_is_read_as_it_was_written(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now, about=ABOUT, greeter=cast.member)
    url, host = f"/api/v1/events/{event.uuid}/", api_as(cast.host)
    shown = host.get(url).json()
    assert (shown["about"], shown["greeter_uuid"]) == (ABOUT, str(cast.member.uuid))
    assert {"about", "greeter_uuid"}.isdisjoint(host.get("/api/v1/events/").json()["results"][0])

    changed = kept(host, url, greeter=shown["greeter_uuid"], about="*Fast*")
    assert (changed.status_code, changed.json()["about"]) == (200, "*Fast*")
    assert changed.headers["ETag"] == host.get(url).headers["ETag"]
    copy = host.post(f"{url}copies/", {"starts_at": "2026-03-20T10:00:00Z"}, format="json").json()
    assert (copy["about"], copy["greeter_uuid"]) == ("*Fast*", str(cast.member.uuid))


def greeter_told(client, url: str) -> tuple[str | None, str | None]:
    shown = client.get(url).json()
    return shown["greeter"], shown["greeter_uuid"]


@pytest.mark.parametrize("of", ["event", "series"])
def test_who_greets_is_named_to_many_and_addressed_to_fellows(cast: Cast, now: datetime, api_as, of: str) -> None:
    greeter = cast.member
    event = f"/api/v1/events/{make_event(cast.group, now, greeter=greeter).uuid}/"
    url = event if of == "event" else series_of(cast, api_as, greeter=str(greeter.uuid))
    assert greeter_told(api_as(cast.host), url) == (greeter.display_name, str(greeter.uuid))
    assert greeter_told(api_as(cast.stranger), url) == (greeter.display_name, None)

    Block.objects.create(blocker=greeter, blocked=cast.stranger)
    assert greeter_told(api_as(cast.stranger), url) == greeter_told(api_as(None), url) == (None, None)
    User.objects.filter(pk=greeter.pk).update(is_active=False)
    assert greeter_told(api_as(cast.host), url) == (None, None)


def test_a_series_is_read_as_it_was_written(cast: Cast, now: datetime, api_as) -> None:
    url = series_of(cast, api_as, greeter=str(cast.member.uuid), **SPOT)
    shown = api_as(cast.host).get(url).json()
    assert {name: shown[name] for name in ("about", *SPOT)} == {"about": ABOUT, **SPOT}
    Series.objects.update(is_rough=True)
    shown = api_as(cast.host).get(url).json()
    assert [shown[name] for name in SPOT] == [None, None]


@pytest.mark.parametrize("greets", ["owner", "member", None])
def test_a_changed_series_says_who_greets_now(cast: Cast, now: datetime, api_as, greets: str | None) -> None:
    host, url = api_as(cast.host), series_of(cast, api_as, greeter=str(cast.member.uuid))
    said = {"since": "2026-03-17", "minutes": 45}
    if greets != "member":
        said["greeter"] = str(cast.people[greets].uuid) if greets else None
    changed = kept(host, url, **said).json()["series"]
    assert changed["greeter_uuid"] == (str(cast.people[greets].uuid) if greets else None)
    assert changed == host.get(url).json()
    assert host.post(f"{url}confirm/").json() == host.get(url).json()
    assert host.post(f"{url}cancel/", {"since": "2026-04-07"}, format="json").json() == host.get(url).json()


def test_a_change_does_not_tell_the_greeter_to_whom_they_blocked(cast: Cast, now: datetime, api_as) -> None:
    host, url = api_as(cast.host), series_of(cast, api_as, greeter=str(cast.member.uuid))
    Block.objects.create(blocker=cast.member, blocked=cast.host)
    changed = kept(host, url, since="2026-03-17", minutes=45).json()["series"]
    assert (changed["greeter"], changed["greeter_uuid"]) == (None, None)
    assert changed == host.get(url).json()
