"""What a message is about, for an app that shows it itself."""

from collections.abc import Callable
from datetime import datetime

import pytest

from core.models import Addressed
from groups.models import Event, Group, JoinRequest, Membership, Role, Rsvp
from groups.services.series import start_series
from notifications.models import Notification
from tests.groups.feed_kit import say, settle
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

WEEKLY = {
    "title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "rrule": "FREQ=WEEKLY;BYDAY=TU",
    "minutes": 60,
}  # fmt: skip
MESSAGES = "/api/v1/me/messages/"

type Told = tuple[str, Addressed]  # of a kind: about what


def called_off(cast: Cast, now: datetime) -> Told:
    event = make_event(cast.group, now, status=Event.Status.CANCELLED)
    Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)
    return "event_cancelled", event


def announced(cast: Cast, now: datetime) -> Told:
    settle(cast.group, now)
    return "group_announcement", say(cast.group, cast.host, now, is_announcement=True)


def series_changed(cast: Cast, now: datetime) -> Told:
    when = {"starts_on": now.date(), "at_time": now.time(), "time_zone": "Europe/Berlin"}
    series = start_series(group=cast.group, by=cast.host, now=now, **WEEKLY, **when)
    Rsvp.objects.create(event=series.occurrences.all()[1], person=cast.member, status=Rsvp.Status.GOING)
    return "series_changed", series


@pytest.fixture
def tell(cast: Cast, now: datetime) -> Callable[..., None]:
    """Return a function that puts a message into the inbox of the member."""

    def put(kind: str, about_id: object, occurrence: str = "") -> None:
        made = Notification.objects.create(
            person=cast.member, kind=kind, about_id=str(about_id), occurrence=occurrence, dedupe_key=kind, due_at=now
        )
        made.deliveries.filter(channel="inbox").update(state="sent", sent_at=now)

    return put


@pytest.mark.parametrize("make", [called_off, announced, series_changed])
def test_it_names_its_kind_and_its_uuid(cast: Cast, now: datetime, api_as, tell, make) -> None:
    kind, about = make(cast, now)
    tell(kind, about.uuid)
    (shown,) = api_as(cast.member).get(MESSAGES).json()["results"]
    assert (shown["about_kind"], shown["about_id"]) == (type(about).__name__.lower(), str(about.uuid))


def test_it_names_what_it_leads_to_and_not_what_it_was_made_from(cast: Cast, now: datetime, api_as, tell) -> None:
    Membership.objects.filter(person=cast.member).update(role=Role.HOST)
    tell("role_given", Membership.objects.get(group=cast.group, person=cast.member).uuid, "host")
    (shown,) = api_as(cast.member).get(MESSAGES).json()["results"]
    assert (shown["about_kind"], shown["about_id"]) == ("group", str(cast.group.uuid))


def test_what_leads_nowhere_or_to_many_things_is_about_nothing(cast: Cast, now: datetime, api_as, tell) -> None:
    event = make_event(cast.group, now, status=Event.Status.CANCELLED)
    Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)
    tell("event_cancelled", event.uuid)
    Membership.objects.filter(person=cast.member).delete()
    asked = JoinRequest.objects.create(group=cast.group, person=cast.member, expires_at=now)
    tell("join_declined", asked.uuid)
    Group.objects.update(visibility=Group.Visibility.UNLISTED)
    shown = api_as(cast.member).get(MESSAGES).json()["results"]
    assert {row["kind"]: (row["path"], row["about_kind"], row["about_id"]) for row in shown} == {
        "event_cancelled": ("", "", None), "join_declined": ("/groups/", "", None),
    }  # fmt: skip
