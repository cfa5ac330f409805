"""What is still to come in one group, and of one series, over the API: what their pages show, to its end."""

from datetime import datetime, timedelta

import pytest

from groups.models import Event, Group, Series
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, all_going, make_event, make_members
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db

WEEKLY = {
    "title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "rrule": "FREQ=WEEKLY;BYDAY=TU",
    "starts_on": "2026-03-17", "at_time": "18:00", "minutes": 60,
}  # fmt: skip
NOBODY = "00000000-0000-4000-8000-000000000000"


def of_group(group: Group) -> str:
    return f"/api/v1/groups/{group.uuid}/events/"


@pytest.fixture
def series(cast: Cast, now: datetime, api_as) -> Series:
    made = api_as(cast.host).post(f"/api/v1/groups/{cast.group.uuid}/series/", WEEKLY, format="json")
    return Series.objects.get(uuid=made.json()["uuid"])


def test_a_group_tells_each_meeting_that_is_on(cast: Cast, now: datetime, api_as, series: Series) -> None:
    make_event(cast.group, now, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    make_event(cast.group, now, status=Event.Status.CANCELLED)
    make_event(make_group(slug="other"), now)
    single = make_event(cast.group, now, greeter=cast.host)
    first = series.occurrences.earliest("starts_at")
    rsvp(event=first, person=cast.member, answer=GOING, now=now)

    shown = api_as(cast.member).get(of_group(cast.group)).json()["results"]

    coming = [single, *series.occurrences.all()]
    assert len(coming) > 5
    assert [row["uuid"] for row in shown] == [
        str(event.uuid) for event in sorted(coming, key=lambda event: event.starts_at)
    ]
    by_uuid = {row["uuid"]: row for row in shown}
    assert by_uuid[str(single.uuid)]["greeter"] == "Host"
    alone = api_as(cast.member).get(f"/api/v1/events/{first.uuid}/").json()
    assert by_uuid[str(first.uuid)] == {name: alone[name] for name in by_uuid[str(first.uuid)]}
    assert by_uuid[str(first.uuid)]["my_answer"]["status"] == GOING


def test_a_series_tells_what_is_called_off_too(cast: Cast, now: datetime, api_as, series: Series) -> None:
    make_event(cast.group, now)
    off = series.occurrences.earliest("starts_at")
    api_as(cast.host).post(f"/api/v1/events/{off.uuid}/cancel/")

    shown = api_as(None).get(f"/api/v1/series/{series.uuid}/events/").json()["results"]

    assert [row["uuid"] for row in shown] == [str(event.uuid) for event in series.occurrences.all()]
    assert {row["series"] for row in shown} == {str(series.uuid)}
    assert [row["status"] for row in shown] == ["cancelled", *["scheduled"] * (len(shown) - 1)]


def test_pages_lead_to_the_last(cast: Cast, now: datetime, api_as, series: Series) -> None:
    client, found = api_as(None), []
    for path in (of_group(cast.group), f"/api/v1/series/{series.uuid}/events/"):
        next_page = f"{path}?page_size=3&near=Berlin"  # nobody is asked how far away
        while next_page:
            page = client.get(next_page).json()
            found += [row["uuid"] for row in page["results"]]
            next_page = page["next"]
    assert found == [str(event.uuid) for event in series.occurrences.all()] * 2


@pytest.mark.parametrize("name", ["member", "stranger", None])
def test_an_unlisted_group_tells_it_to_whoever_has_its_address(cast: Cast, now: datetime, api_as, name: str) -> None:
    event = make_event(cast.group, now)
    Group.objects.update(visibility=Group.Visibility.UNLISTED)
    client = api_as(cast.people[name] if name else None)
    assert [row["uuid"] for row in client.get(of_group(cast.group)).json()["results"]] == [str(event.uuid)]


@pytest.mark.parametrize("name", ["stranger", "banned", None])
def test_what_is_hidden_answers_like_what_is_absent(cast: Cast, api_as, series: Series, name: str) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    client = api_as(cast.people[name] if name else None)
    for kind, row in (("groups", cast.group), ("series", series)):
        hidden, absent = (client.get(f"/api/v1/{kind}/{uuid}/events/") for uuid in (row.uuid, NOBODY))
        assert (hidden.status_code, hidden.content) == (404, absent.content)
        assert api_as(cast.member).get(f"/api/v1/{kind}/{row.uuid}/events/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_both_are_asked_for_in_two(
    cast: Cast, now: datetime, api_as, series: Series, django_assert_num_queries, count: int
) -> None:
    for number, event in enumerate(series.occurrences.all()[:count]):
        Event.objects.filter(pk=event.pk).update(capacity=1, greeter=cast.host)
        all_going(event, [*make_members(cast.group, 1, prefix=f"e{number}"), cast.member], now)
    client = api_as(cast.member)
    for path in (of_group(cast.group), f"/api/v1/series/{series.uuid}/events/"):
        with django_assert_num_queries(2):  # the group or the series, and its events with all that is told of each
            shown = client.get(path).json()["results"]
        assert [row["my_answer"]["status"] for row in shown if row["my_answer"]] == ["waitlisted"] * count
