"""The link in a mail: one person, one event, no sign-in. Reading changes nothing; it ends when it has to."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import clock
from groups.models import AnswerLink, Event, Rsvp
from groups.services.answer_links import make_link
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from notifications.tokens import hash_of
from tests.groups.kit import DECLINED, GOING, MAYBE, going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=3, guests_allowed=1, time_zone="Asia/Shanghai")


@pytest.fixture
def path(cast: Cast, event: Event, now: datetime) -> str:
    return path_for(event, cast.member, now)


def path_for(event: Event, person: User, now: datetime, message: UUID | None = None) -> str:
    return "/groups/" + make_link(event=event, person=person, message=message or uuid4(), now=now).split("/groups/")[1]


@pytest.fixture
def visitor(db: None) -> Client:
    cache.clear()
    return Client(enforce_csrf_checks=True)


def test_reading_says_what_and_when_and_changes_nothing(visitor: Client, path: str) -> None:
    page = visitor.get(path)
    text = page.content.decode()
    assert "River loop" in text
    assert "Thursday 12 March, 17:00" in text
    assert all(f'value="{answer}"' in text for answer in (GOING, MAYBE, DECLINED))
    assert visitor.head(path).status_code == 200
    assert not Rsvp.objects.exists()


def test_it_is_kept_out_of_searches_caches_and_referrers(visitor: Client, path: str) -> None:
    for page in (visitor.get(path), visitor.post(path, {"answer": GOING})):
        assert 'content="noindex' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "no-referrer"


def test_posting_answers_with_a_guest(visitor: Client, path: str, cast: Cast, event: Event) -> None:
    page = visitor.post(path, {"answer": GOING, "guests": "1"}).content.decode()
    assert "You have seats for all of you." in page
    event.refresh_from_db()
    assert (going(event), event.going_count) == ({cast.member}, 2)
    assert "Thank you, somebody else gets to come." in visitor.post(path, {"answer": DECLINED}).content.decode()
    assert going(event) == set()


def test_a_quiet_answer_stays_quiet(visitor: Client, path: str, cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=MAYBE, is_quiet=True, now=now)
    visitor.post(path, {"answer": GOING})
    answer = Rsvp.objects.get()
    assert (answer.status, answer.is_quiet) == (GOING, True)


def test_who_is_signed_in_answers_for_who_the_link_is_of(cast: Cast, event: Event, path: str, as_person) -> None:
    as_person(cast.host).post(path, {"answer": GOING})
    assert going(event) == {cast.member}


def test_a_full_event_says_the_place_in_line(
    visitor: Client, cast: Cast, event: Event, path: str, now: datetime
) -> None:
    for person in make_members(cast.group, 3):
        rsvp(event=event, person=person, answer=GOING, now=now)
    assert "You are first in line." in visitor.post(path, {"answer": GOING}).content.decode()


@pytest.mark.parametrize("body", [{}, {"answer": "waitlisted"}, {"answer": GOING, "guests": "9"}])
def test_what_is_no_answer_is_said_kindly(visitor: Client, path: str, body: dict[str, str]) -> None:
    page = visitor.post(path, body)
    assert page.status_code == 200
    assert not Rsvp.objects.exists()


def test_it_is_kept_as_a_hash_and_made_once(cast: Cast, event: Event, now: datetime) -> None:
    message = uuid4()
    first, second = (path_for(event, cast.member, now, message) for _ in range(2))
    assert first == second
    link = AnswerLink.objects.get()
    token = first.rstrip("/").rsplit("/", 1)[1]
    assert (link.token_hash, link.expires_at) == (hash_of(token), event.ends_at)
    assert len(token) >= 43  # 256 bits


def ends(cause: str, cast: Cast, event: Event, now: datetime) -> datetime:
    if cause == "over":
        return event.ends_at
    if cause == "left":
        leave_group(group=cast.group, person=cast.member, now=now)
    if cause == "left and back":
        leave_group(group=cast.group, person=cast.member, now=now)
        join_group(group=cast.group, person=cast.member, now=now)
    if cause == "closed":
        User.objects.filter(pk=cast.member.pk).update(is_active=False)
    if cause == "banned":
        User.objects.filter(pk=cast.member.pk).update(banned_at=now)
    return now


@pytest.mark.parametrize("cause", ["over", "left", "left and back", "closed", "banned"])
def test_it_ends(visitor: Client, cast: Cast, event: Event, path: str, now: datetime, cause: str) -> None:
    assert visitor.get(path).status_code == 200
    with clock.frozen_at(ends(cause, cast, event, now)):
        for page in (visitor.get(path), visitor.post(path, {"answer": GOING})):
            assert page.status_code == 404
            assert "This link has ended" in page.content.decode()
            assert "River loop" not in page.content.decode()
            assert page["Referrer-Policy"] == "no-referrer"
    assert not Rsvp.objects.exists()


def test_a_link_that_never_was_looks_like_one_that_ended(visitor: Client) -> None:
    page = visitor.get(reverse("groups:answer_link", args=["no-such-token"]))
    assert (page.status_code, "This link has ended" in page.content.decode()) == (404, True)


def test_who_rests_may_still_give_back(visitor: Client, cast: Cast, event: Event, path: str, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    User.objects.filter(pk=cast.member.pk).update(suspended_until=now + timedelta(days=1))
    assert "rests until" in visitor.post(path, {"answer": MAYBE}).content.decode()
    visitor.post(path, {"answer": DECLINED})
    assert going(event) == set()


def test_too_many_tries_are_asked_to_wait(visitor: Client, path: str) -> None:
    pages = [visitor.post(path, {"answer": MAYBE}).content.decode() for _ in range(31)]
    assert "a little fast" not in pages[29]
    assert "a little fast" in pages[30]


def test_it_speaks_the_language_of_who_it_was_sent_to(cast: Cast, event: Event, path: str, visitor: Client) -> None:
    User.objects.filter(pk=cast.member.pk).update(language="zh-hans")
    assert "你" in visitor.get(path).content.decode()
