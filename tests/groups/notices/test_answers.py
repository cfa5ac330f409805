"""What is told about seats and answers is decided again when it is about to be sent."""

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Block
from groups.models import AnswerLink, Event, Membership, Rsvp
from groups.services.answers import host_adds
from groups.services.events import cancel_event
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from notifications.rendering import speaking_to
from tests.groups.kit import DECLINED, GOING, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=4, guests_allowed=2, greeter=cast.member)


def prepared(kind: str, now: datetime) -> Content | Hold:
    notice = Notification.objects.select_related("person").get(kind=kind)
    with speaking_to(notice.person):
        return kinds.get(kind).prepare(notice, now)


# Seats kept --------------------------------------------------------------------------------------
@pytest.fixture
def kept(cast: Cast, event: Event, now: datetime) -> Event:
    """`cast.member` waits for two seats, and one is free."""
    (first,) = make_members(cast.group, 1)
    rsvp(event=event, person=first, answer=GOING, guests=2, now=now)
    rsvp(event=event, person=cast.member, answer=GOING, guests=1, now=now)
    return event


def test_kept_seats_are_told_with_how_many(kept: Event, now: datetime) -> None:
    found = prepared("seats_kept", now)
    assert isinstance(found, Content)
    assert (found.context["free"], found.context["seats"]) == ("One seat is free.", 2)
    assert "/groups/answers/" in found.context["answer_url"]


def test_who_has_a_seat_by_now_is_not_told_of_kept_ones(cast: Cast, kept: Event, now: datetime) -> None:
    rsvp(event=kept, person=cast.member, answer=GOING, guests=0, now=now)
    assert prepared("seats_kept", now) == Hold("not_waiting")


# Put down by a host ------------------------------------------------------------------------------
def test_being_put_down_is_told_with_a_way_out(cast: Cast, event: Event, now: datetime) -> None:
    host_adds(event=event, host=cast.host, person=cast.member.uuid, now=now)
    found = prepared("host_added", now)
    assert isinstance(found, Content)
    assert found.context["waits"] is False
    assert AnswerLink.objects.get().person == cast.member
    rsvp(event=event, person=cast.member, answer=DECLINED, now=now)
    assert prepared("host_added", now) == Hold("not_going")
    cancel_event(event=event, now=now)
    assert prepared("host_added", now) == Hold("event_cancelled")


# The first time ----------------------------------------------------------------------------------
@pytest.fixture
def newcomer(cast: Cast, event: Event, now: datetime) -> Rsvp:
    (new,) = make_members(cast.group, 1)
    return rsvp(event=event, person=new, answer=GOING, is_first_time=True, now=now)


def test_who_greets_hears_the_name(newcomer: Rsvp, now: datetime) -> None:
    found = prepared("first_time_coming", now)
    assert isinstance(found, Content)
    assert found.context["name"] == str(newcomer.person)


def change(cause: str, cast: Cast, newcomer: Rsvp, now: datetime) -> None:
    event, person = newcomer.event, newcomer.person
    if cause == "quiet":
        rsvp(event=event, person=person, answer=GOING, is_quiet=True, now=now)
    if cause == "declined":
        rsvp(event=event, person=person, answer=DECLINED, now=now)
    if cause == "not new":
        rsvp(event=event, person=person, answer=GOING, is_first_time=False, now=now)
    if cause == "blocked":
        Block.objects.create(blocker=person, blocked=cast.member)
    if cause == "another greets":
        Event.objects.update(greeter=cast.host)
    if cause == "cancelled":
        cancel_event(event=event, now=now)
    if cause == "greeter left":
        leave_group(group=cast.group, person=cast.member, now=now)


@pytest.mark.parametrize(
    ("cause", "reason"),
    [
        ("quiet", "not_visible"),
        ("blocked", "not_visible"),
        ("greeter left", "not_visible"),
        ("declined", "not_coming"),
        ("not new", "not_coming"),
        ("another greets", "not_greeting"),
        ("cancelled", "event_cancelled"),
    ],
)
def test_who_greets_is_not_told(cast: Cast, newcomer: Rsvp, now: datetime, cause: str, reason: str) -> None:
    change(cause, cast, newcomer, now)
    assert prepared("first_time_coming", now) == Hold(reason)
    assert str(kinds.get("first_time_coming").held[reason])


def test_a_greeter_who_hosts_hears_of_a_quiet_newcomer(cast: Cast, newcomer: Rsvp, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(role="host")
    change("quiet", cast, newcomer, now)
    assert isinstance(prepared("first_time_coming", now), Content)


def test_nothing_of_it_after_the_event(newcomer: Rsvp, now: datetime) -> None:
    assert prepared("first_time_coming", newcomer.event.ends_at) == Hold("event_over")


# Mails -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["seats_kept", "host_added", "first_time_coming", "seat_promoted"])
def test_the_mails_say_it_in_all_three_parts(name: str, language: str) -> None:
    context = {
        "title": "River & loop", "place": "Rose garden", "moment": "M", "yours": "", "name": "Ada", "seats": 2,
        "free": "One seat is free.", "url": "https://x.example/e", "answer_url": "https://x.example/a",
    }  # fmt: skip
    with translation.override(language):
        parts = [render_to_string(f"groups/mail/{name}.{part}", context) for part in ("txt", "html")]
        subject = render_to_string(f"groups/mail/{name}.subject.txt", context)
    assert all("Rose garden" in part and "https://x.example/e" in part for part in parts)
    assert all(("https://x.example/a" in part) == (name != "first_time_coming") for part in parts)
    assert subject.strip()
    assert subject.isascii() == (language == "en")
    assert "River" not in subject


def test_the_same_mail_tried_again_carries_the_same_link(kept: Event, now: datetime) -> None:
    first, second = (prepared("seats_kept", now + timedelta(minutes=n)) for n in range(2))
    assert first == second
    assert AnswerLink.objects.count() == 1
