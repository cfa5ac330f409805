"""What a change of a series would touch is told beforehand, and that it is soon to end."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from groups.models import Event, Group, Series
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING
from tests.groups.services.test_series import make_series, meetings
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

ANY = {"If-Match": "*"}


@pytest.fixture
def series(cast: Cast, now: datetime) -> Series:
    return make_series(cast, now)


def address(series: Series, act: str = "") -> str:
    return f"/api/v1/series/{series.uuid}/{act}"


def impact(client, series: Series, since: object) -> dict[str, int]:
    answer = client.get(address(series, "impact/"), {"since": str(since)})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_is_told_is_what_the_page_says_and_what_changes(cast: Cast, series: Series, api_as, as_person) -> None:
    _first, second, third, fourth, *_ = meetings(series)
    now = clock.now()
    for event in (second, third):
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    Event.objects.filter(pk=fourth.pk).update(is_changed_alone=True)
    host = api_as(cast.host)

    told = impact(host, series, second.occurs_on)

    assert told == {"meetings": 6, "answered": 2, "changed_alone": 1}
    page = as_person(cast.host).get(reverse("groups:change_following", args=[cast.group.slug, second.uuid])).content
    assert "6 planned meetings change" in page.decode()
    said = {"since": str(second.occurs_on), "at_time": "19:00"}
    done = host.patch(address(series), said, "json", headers=ANY).json()
    assert (done["changed"], done["kept"], done["removed"]) == (6, 1, 0)


def test_what_is_past_or_called_off_is_not_touched(cast: Cast, series: Series, api_as) -> None:
    first, second, *others = meetings(series)
    Event.objects.filter(pk=second.pk).update(status=Event.Status.CANCELLED)
    host = api_as(cast.host)
    assert impact(host, series, first.occurs_on)["meetings"] == 1 + len(others)
    with clock.frozen_at(first.starts_at + timedelta(minutes=1)):
        assert impact(host, series, first.occurs_on)["meetings"] == len(others)


@pytest.mark.parametrize("since", ["0001-01-01", "2026-03-09", "9999-12-31"])
def test_a_day_that_no_change_may_begin_on_is_refused_here_too(cast: Cast, series: Series, api_as, since: str) -> None:
    host = api_as(cast.host)
    told = host.get(address(series, "impact/"), {"since": since})
    changed = host.patch(address(series), {"since": since, "minutes": 45}, "json", headers=ANY)
    assert (told.status_code, changed.status_code) == (400, 400)
    assert told.json() == changed.json()


@pytest.mark.parametrize(("name", "status"), [("member", 403), ("stranger", 403), ("banned", 404), (None, 401)])
def test_only_hosts_are_told(cast: Cast, series: Series, api_as, name: str | None, status: int) -> None:
    client = api_as(cast.people[name] if name else None)
    assert client.get(address(series, "impact/"), {"since": "2026-03-24"}).status_code == status


def test_a_hidden_series_is_absent(cast: Cast, series: Series, api_as) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    assert api_as(cast.stranger).get(address(series, "impact/"), {"since": "2026-03-24"}).status_code == 404
    assert api_as(cast.host).get(address(series, "impact/"), {"since": "2026-03-24"}).status_code == 200


@pytest.mark.parametrize("said", [{}, {"since": "soon"}])
def test_a_day_is_asked_for(cast: Cast, series: Series, api_as, said: dict[str, str]) -> None:
    refused = api_as(cast.host).get(address(series, "impact/"), said)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "since")


def test_it_takes_three_queries(cast: Cast, series: Series, api_as) -> None:
    host = api_as(cast.host)
    impact(host, series, "2026-03-24")
    with CaptureQueriesContext(connection) as queries:
        impact(host, series, "2026-03-24")
    assert len(queries) <= 3, [query["sql"] for query in queries]


@pytest.mark.parametrize(("days", "asks"), [(22, False), (21, True), (8, True)])
def test_hosts_are_asked_whether_it_goes_on(cast: Cast, series: Series, api_as, days: int, asks: bool) -> None:
    host = api_as(cast.host)
    Series.objects.update(runs_until=clock.local_day(clock.now(), series.time_zone) + timedelta(days=days))
    told = [api_as(person).get(address(series)).json()["may_go_on"] for person in (cast.host, cast.member, None)]
    assert told == [asks, False, False]

    changed = host.patch(address(series), {"since": "2026-03-17", "title": "Weir"}, "json", headers=ANY)
    assert changed.json()["series"]["may_go_on"] is asks
    assert host.post(address(series, "confirm/")).json()["may_go_on"] is False
    assert host.get(address(series)).json()["may_go_on"] is False


def test_what_ended_or_gave_way_asks_nobody(cast: Cast, series: Series, api_as) -> None:
    host = api_as(cast.host)
    host.patch(address(series), {"since": "2026-03-31", "at_time": "19:00"}, "json", headers=ANY)
    shown = host.get(address(series)).json()
    assert (shown["is_followed"], shown["may_go_on"]) == (True, False)
    assert host.post(address(series, "cancel/"), {"since": "2026-03-17"}).json()["may_go_on"] is False
