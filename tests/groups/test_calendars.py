"""Calendar files and the secret feed: who gets what, and what disappears."""

import re
from datetime import datetime, timedelta

import pytest
import vobject
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from groups.calendars import KEPT, MOST, address_of
from groups.models import CalendarFeed, Event, Group, Membership, Rsvp
from groups.services.calendar_feeds import make_feed, stop_feed
from groups.services.events import cancel_event, change_event
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from groups.views import calendar
from tests.groups.kit import GOING, MAYBE, all_going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def path_of(token: str) -> str:
    return reverse("groups:calendar_feed", args=[token])


def titles(answer: HttpResponse) -> list[str]:
    events = vobject.readOne(answer.content.decode()).contents.get("vevent", [])
    return [event.summary.value for event in events]


@pytest.fixture
def token(cast: Cast, now: datetime) -> str:
    return make_feed(person=cast.member, now=now)


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    event = make_event(cast.group, now, title="River loop", capacity=2, where_to_stand="At the gate.")
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    return event


# The feed ------------------------------------------------------------------------------------------
def test_it_answers_without_sign_in_in_the_persons_language(cast: Cast, event: Event, token: str, now) -> None:
    User.objects.filter(pk=cast.member.pk).update(language="zh-hans")
    answer = Client().get(path_of(token))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(answer) == ["River loop"]
    assert "/zh-hans/groups/" in answer.content.decode().replace("\r\n ", "")
    assert f"UID:{event.uuid}\r\n" in answer.content.decode()


def test_it_holds_what_was_said_and_nothing_that_was_not(cast: Cast, event: Event, token: str, now: datetime) -> None:
    full = make_event(cast.group, now, title="Full", capacity=1)
    all_going(full, [*make_members(cast.group, 1), cast.member], now)
    perhaps, no, silent = (make_event(cast.group, now, title=title) for title in ("Perhaps", "No", "Silent"))
    rsvp(event=perhaps, person=cast.member, answer=MAYBE, now=now)
    rsvp(event=no, person=cast.member, answer="declined", now=now)
    rsvp(event=silent, person=cast.owner, answer=GOING, now=now)
    found = vobject.readOne(Client().get(path_of(token)).content.decode()).vevent_list
    said = {entry.summary.value: (entry.status.value, entry.transp.value) for entry in found}
    assert said == {
        "River loop": ("CONFIRMED", "OPAQUE"),
        "Full": ("TENTATIVE", "TRANSPARENT"),
        "Perhaps": ("TENTATIVE", "TRANSPARENT"),
    }


def test_it_names_nobody(cast: Cast, event: Event, token: str, now: datetime) -> None:
    Event.objects.update(greeter=cast.host)
    all_going(event, [cast.host], now)
    for url in (path_of(token), reverse("groups:event_file", args=[cast.group.slug, event.uuid])):
        text = Client().get(url).content.decode()
        assert "@" not in text
        assert not [name for name in ("Host", "Member", "Owner") if name in text]


def test_a_cancelled_event_stays_for_a_while_as_cancelled(event: Event, token: str, now: datetime) -> None:
    cancel_event(event=event, now=now)
    assert b"STATUS:CANCELLED" in Client().get(path_of(token)).content
    Event.objects.update(starts_at=now - KEPT - timedelta(hours=2), ends_at=now - KEPT)
    assert titles(Client().get(path_of(token))) == []


def test_a_move_and_a_cancellation_reach_programs_that_know_the_event(event: Event, token: str, now: datetime) -> None:
    later, off = now + timedelta(minutes=5), now + timedelta(minutes=9)
    starts_at = event.starts_at + timedelta(hours=3)
    change_event(event=event, now=later, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    [moved] = vobject.readOne(Client().get(path_of(token)).content.decode()).vevent_list
    cancel_event(event=event, now=off)
    [gone] = vobject.readOne(Client().get(path_of(token)).content.decode()).vevent_list
    assert (moved.uid.value, gone.uid.value) == (str(event.uuid), str(event.uuid))
    assert (moved.sequence.value, gone.sequence.value) == ("1", "2")
    assert (moved.dtstart.value, moved.status.value, gone.status.value) == (starts_at, "CONFIRMED", "CANCELLED")
    assert (moved.last_modified.value, gone.last_modified.value) == (later, off)


def _leave(cast: Cast, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.member, now=now)


def _ban(cast: Cast, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(banned_at=now)


def _close(cast: Cast, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(left_at=now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)


@pytest.mark.parametrize("goes", [_leave, _ban, _close])
def test_what_somebody_may_not_see_any_more_disappears(goes, cast: Cast, event: Event, token: str, now) -> None:
    before = Client().get(path_of(token))
    goes(cast, now)
    after = Client().get(
        path_of(token),
        headers={"If-None-Match": before.headers["ETag"], "If-Modified-Since": before.headers["Last-Modified"]},
    )
    assert (titles(before), after.status_code, titles(after)) == (["River loop"], 200, [])
    by_time_alone = Client().get(path_of(token), headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert by_time_alone.status_code == 200


def test_a_suspended_person_may_still_read(cast: Cast, event: Event, token: str, now: datetime) -> None:
    User.objects.filter(pk=cast.member.pk).update(suspended_until=now + timedelta(days=3))
    assert titles(Client().get(path_of(token))) == ["River loop"]


def test_a_wrong_an_old_and_a_stopped_address_answer_like_one_that_never_was(cast: Cast, event, token, now) -> None:
    new = make_feed(person=cast.member, now=now)
    old = Client().get(path_of(token))
    assert Client().get(path_of(new)).status_code == 200
    User.objects.filter(pk=cast.member.pk).update(banned_at=now)
    banned = Client().get(path_of(new))
    User.objects.filter(pk=cast.member.pk).update(banned_at=None, is_active=False)
    closed = Client().get(path_of(new))
    User.objects.filter(pk=cast.member.pk).update(is_active=True)
    stop_feed(person=cast.member)
    gone, never = Client().get(path_of(new)), Client().get(path_of("x" * 43))
    absent = Client().get("/groups/calendar/no/such/")
    for answer in (old, banned, closed, gone, never):
        assert answer.status_code == 404
        assert without_nonce(answer) == without_nonce(absent)


def without_nonce(answer: HttpResponse) -> str:
    return re.sub(r'nonce="[^"]+"|(action|href|value)="[^"]*"', "", answer.content.decode())


def test_only_a_hash_is_kept_of_a_long_secret(cast: Cast, token: str) -> None:
    feed = CalendarFeed.objects.get(person=cast.member)
    assert len(token) >= 43  # 256 bits
    assert token not in str(vars(feed))
    assert address_of(token).endswith(f"/groups/calendar/{token}.ics")


def test_who_has_it_already_is_told_so(event: Event, token: str, now: datetime) -> None:
    first = Client().get(path_of(token))
    again = Client().get(path_of(token), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Event.objects.update(title="Longer loop", changed_at=now + timedelta(minutes=1))
    changed = Client().get(path_of(token), headers={"If-None-Match": first.headers["ETag"]})
    assert titles(changed) == ["Longer loop"]
    assert changed.headers["Last-Modified"] != first.headers["Last-Modified"]
    for answer in (first, again):
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_guessing_and_asking_all_the_time_are_slowed_down(event, token: str, now, monkeypatch) -> None:
    monkeypatch.setattr(calendar, "GUESSES", "2/h/ip")
    monkeypatch.setattr(calendar, "READINGS", "3/h/key")
    assert [Client().get(path_of("x" * 43)).status_code for _ in range(3)] == [404, 404, 429]
    assert [Client().get(path_of(token)).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_it_takes_as_many_queries_for_one_meeting_as_for_many(
    cast, event, token, now, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        Client().get(path_of(token))
    for number in range(MOST // 100):
        Rsvp.objects.create(event=make_event(cast.group, now, title=f"{number}"), person=cast.member, status=GOING)
    with django_assert_num_queries(2):
        assert len(titles(Client().get(path_of(token)))) == 1 + MOST // 100


# The page ------------------------------------------------------------------------------------------
def test_the_address_is_shown_once(cast: Cast, event: Event, now: datetime, as_person) -> None:
    client = as_person(cast.member)
    shown = client.post(reverse("groups:make_calendar")).content.decode()
    [address] = set(re.findall(r"<code>(http[^<]+)</code>", shown))
    assert f'href="webcal:{address.partition(":")[2]}"' in shown
    assert titles(Client().get(address)) == ["River loop"]
    later = client.get(reverse("groups:calendar")).content.decode()
    assert ".ics" not in later
    assert reverse("groups:stop_calendar") in later
    client.post(reverse("groups:stop_calendar"))
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


# One event -----------------------------------------------------------------------------------------
def test_an_event_as_a_file_is_for_whoever_may_see_it(cast: Cast, event: Event, now: datetime, as_person) -> None:
    url = reverse("groups:event_file", args=[cast.group.slug, event.uuid])
    answer = as_person(None).get(url)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="event.ics"'
    assert titles(answer) == ["River loop"]
    assert as_person(cast.banned).get(url).status_code == 404
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    assert [as_person(who).get(url).status_code for who in (None, cast.stranger, cast.member)] == [404, 404, 200]


def test_apps_get_the_same_file(cast: Cast, event: Event, api_as) -> None:
    path = f"/api/v1/events/{event.uuid}/event.ics"
    answer = api_as(cast.member).get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(answer) == ["River loop"]
    assert api_as(cast.banned).get(path).status_code == 404


@pytest.mark.parametrize("accepted", ["text/calendar", "text/calendar; charset=utf-8", "application/json", "*/*"])
def test_apps_get_the_file_that_they_accept_and_problems_all_the_same(
    cast: Cast, event: Event, api_as, accepted: str
) -> None:
    path, headers = f"/api/v1/events/{event.uuid}/event.ics", {"Accept": accepted}
    answer = api_as(cast.member).get(path, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    refused = api_as(cast.banned).get(path, headers=headers)
    assert (refused.headers["Content-Type"], refused.json()["code"]) == ("application/problem+json", "not_found")
    assert api_as(cast.member).get(path, headers={"Accept": "image/png"}).status_code == 406
