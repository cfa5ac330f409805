"""What is told, and what is not told any more when its time has come."""

from datetime import datetime

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from groups.models import Event, Membership
from groups.services.events import cancel_event
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from tests.groups.kit import DECLINED, all_going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def told(kind: str) -> Notification:
    return Notification.objects.get(kind=kind)


def prepared(notice: Notification, now: datetime) -> Content | Hold:
    with timezone.override("Europe/Berlin"):
        return kinds.get(notice.kind).prepare(notice, now)


@pytest.fixture
def promoted(cast: Cast, now: datetime) -> Event:
    """An event where `cast.member` got the seat that somebody gave back."""
    event = make_event(cast.group, now, capacity=1, time_zone="Asia/Shanghai")
    (first,) = make_members(cast.group, 1)
    all_going(event, [first, cast.member], now)
    rsvp(event=event, person=first, answer=DECLINED, now=now)
    return event


def test_a_promotion_says_what_where_and_when(promoted: Event, now: datetime) -> None:
    found = prepared(told("seat_promoted"), now)
    assert isinstance(found, Content)
    assert found.path == promoted.get_absolute_url()
    assert found.context["moment"] == "Thursday 12 March, 17:00"
    assert found.context["yours"] == "Thursday 12 March, 10:00"


def test_a_seat_given_back_meanwhile_is_not_told(cast: Cast, promoted: Event, now: datetime) -> None:
    rsvp(event=promoted, person=cast.member, answer=DECLINED, now=now)
    assert prepared(told("seat_promoted"), now) == Hold("not_going")


def test_a_seat_at_a_cancelled_event_is_not_told_but_the_cancelling_is(promoted: Event, now: datetime) -> None:
    cancel_event(event=promoted, now=now)
    assert prepared(told("seat_promoted"), now) == Hold("event_cancelled")
    assert isinstance(prepared(Notification.objects.get(kind="event_cancelled"), now), Content)


def test_who_left_is_told_nothing(cast: Cast, promoted: Event, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.member, now=now)
    assert prepared(told("seat_promoted"), now) == Hold("left_group")


def test_who_was_banned_or_cannot_see_it_is_told_nothing(cast: Cast, promoted: Event, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(banned_at=now)
    assert prepared(told("seat_promoted"), now) == Hold("not_visible")


def test_nothing_is_told_after_it_is_over(promoted: Event, now: datetime) -> None:
    assert prepared(told("seat_promoted"), promoted.ends_at) == Hold("event_over")


def test_neither_kind_waits_or_can_be_mistaken_for_bulk(db: None) -> None:
    for name in ("seat_promoted", "event_cancelled"):
        kind = kinds.get(name)
        assert (kind.is_bulk, kind.waits_for_morning) == (False, False)
        assert kind.why


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_mails_say_it_in_all_three_parts(promoted: Event, now: datetime, language: str) -> None:
    for name in ("seat_promoted", "event_cancelled"):
        context = {
            "title": "River & loop",
            "place": "Rose garden",
            "moment": "M",
            "yours": "Y",
            "url": "https://x.example/e",
        }
        with translation.override(language):
            parts = [render_to_string(f"groups/mail/{name}.{part}", context) for part in ("txt", "html")]
            subject = render_to_string(f"groups/mail/{name}.subject.txt", context)
        assert all("Rose garden" in part and "https://x.example/e" in part for part in parts)
        assert subject.strip()
        assert "River" not in subject
        assert "\n" not in subject.strip()
