"""One message about all that moved, decided when it is sent."""

from datetime import datetime, time, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from groups.models import Event, Series
from groups.services.events import change_event
from groups.services.following import change_series
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from groups.services.series import cancel_series, confirm_series, review_series
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from tests.groups.kit import DECLINED, GOING, make_event
from tests.groups.services.test_series import make_series, meetings
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def prepared(kind: str, now: datetime, **lookup: object) -> Content | Hold:
    notice = Notification.objects.filter(kind=kind, **lookup).latest("due_at")
    with timezone.override("Europe/Berlin"):
        return kinds.get(kind).prepare(notice, now)


@pytest.fixture
def answered(cast: Cast, now: datetime) -> Series:
    """A weekly series; `cast.member` comes to the second and third meeting."""
    series = make_series(cast, now)
    for event in meetings(series)[1:3]:
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    return series


def test_one_message_lists_what_moved_of_what_i_said_yes_to(cast: Cast, now: datetime, answered: Series) -> None:
    change_series(series=answered, since=answered.starts_on, now=now, at_time=time(19))
    found = prepared("series_changed", now, person=cast.member)
    assert isinstance(found, Content)
    moments = [each["moment"] for each in found.context["meetings"]]
    assert moments == ["Tuesday 24 March, 19:00", "Tuesday 31 March, 19:00"]
    assert Notification.objects.filter(kind="series_changed").count() == 1


def test_what_is_decided_meanwhile_counts(cast: Cast, now: datetime, answered: Series) -> None:
    change_series(series=answered, since=answered.starts_on, now=now, at_time=time(19))
    first = Notification.objects.get(kind="series_changed")
    change_series(series=answered, since=answered.starts_on, now=now + DAY / 24, at_time=time(20))
    assert kinds.get("series_changed").prepare(first, now + DAY / 24) == Hold("said_later")
    for event in meetings(answered)[1:3]:
        rsvp(event=event, person=cast.member, answer=DECLINED, now=now)
    assert prepared("series_changed", now) == Hold("nothing_to_say")
    leave_group(group=cast.group, person=cast.member, now=now)
    assert prepared("series_changed", now) == Hold("left_group")


def test_another_title_tells_nobody(cast: Cast, now: datetime, answered: Series) -> None:
    change_series(series=answered, since=answered.starts_on, now=now, title="Round")
    assert not Notification.objects.filter(kind="series_changed").exists()


def test_what_is_called_off_is_listed_in_one_message(cast: Cast, now: datetime, answered: Series) -> None:
    cancel_series(series=answered, since=answered.starts_on, now=now)
    found = prepared("series_cancelled", now)
    assert isinstance(found, Content)
    assert len(found.context["meetings"]) == 2


def test_a_single_event_that_moves_is_told_at_once_to_those_concerned(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    rsvp(event=event, person=cast.host, answer=DECLINED, now=now)
    change_event(event=event, now=now, title="Only the title")
    assert not Notification.objects.filter(kind="event_moved").exists()
    change_event(event=event, now=now, place="Mill")
    assert [n.person for n in Notification.objects.filter(kind="event_moved")] == [cast.member]
    found = prepared("event_moved", now)
    assert isinstance(found, Content)
    assert found.context["place"] == "Mill"
    Event.objects.update(status="cancelled")
    assert prepared("event_moved", now) == Hold("event_cancelled")


def test_hosts_are_asked_until_one_of_them_says_so(cast: Cast, now: datetime, answered: Series) -> None:
    Series.objects.update(runs_until=now.date() + 20 * DAY)
    review_series(now=now)
    assert isinstance(prepared("series_ending", now, person=cast.host), Content)
    confirm_series(series=answered, now=now)
    assert prepared("series_ending", now, person=cast.owner) == Hold("series_settled")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["event_moved", "series_changed", "series_cancelled", "series_ending", "greeter_gone"])
def test_the_mails_say_it_in_all_three_parts(name: str, language: str) -> None:
    each = {"moment": "Tuesday", "yours": "", "place": "Rose garden"}
    context = {
        "title": "River & loop", "group": "Mosses", "until": "May", "meetings": [each],
        "url": "https://x.example/e", **each,
    }  # fmt: skip
    with translation.override(language):
        parts = [render_to_string(f"groups/mail/{name}.{part}", context) for part in ("txt", "html")]
        subject = render_to_string(f"groups/mail/{name}.subject.txt", context)
    assert all("https://x.example/e" in part for part in parts)
    assert name == "series_ending" or all("Rose garden" in part for part in parts)
    assert subject.strip()
    assert "River" not in subject
