"""The ways into a group on its pages: the one that fits, and for hosts who asks and which links there are."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from groups.models import Group, Invitation, JoinRequest, Membership
from groups.services.invitations import invite, revoke_invitation
from groups.services.memberships import look
from groups.services.requests import ask_to_join
from tests.groups.kit import make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User | None], Client]
NEW_EVERY_TIME = re.compile(r'(csrf|nonce|X-CSRF)[^>]*|/[a-z-]+-token/|\?next=[^"]*')


@pytest.fixture
def page(cast: Cast, now: datetime) -> str:
    cache.clear()
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    return f"/groups/{cast.group.slug}/"


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


# Asking ------------------------------------------------------------------------------------------
def test_asking_from_the_page_to_being_let_in(cast: Cast, page: str, as_person: SignIn) -> None:
    asking, host = as_person(cast.applicant), as_person(cast.host)
    assert f"{page}ask/" in text(asking, page)

    answer = asking.post(f"{page}ask/", {"words": "I walk slowly."}, follow=True).content.decode()
    assert "The hosts have your request." in answer
    assert "Take my request back" in text(asking, page)
    assert "1 person asks to join" in text(host, page)
    assert "I walk slowly." in text(host, f"{page}requests/")

    host.post(f"{page}requests/{JoinRequest.objects.get().uuid}/accept/")
    assert "Nobody is waiting" in text(host, f"{page}requests/")
    assert Membership.objects.current().filter(person=cast.applicant, is_looking=False).exists()


def test_declined_leads_to_a_kind_sentence_on_asking_again(cast: Cast, page: str, as_person: SignIn) -> None:
    asking = as_person(cast.applicant)
    asking.post(f"{page}ask/", {"words": ""})
    as_person(cast.owner).post(f"{page}requests/{JoinRequest.objects.get().uuid}/decline/")
    assert "You can ask again from" in asking.post(f"{page}ask/", {"words": ""}).content.decode()


def test_taking_back_from_the_page(cast: Cast, page: str, as_person: SignIn) -> None:
    asking = as_person(cast.applicant)
    asking.post(f"{page}ask/", {"words": ""})
    for _twice in range(2):
        assert "Nobody is told." in asking.post(f"{page}ask/take-back/", follow=True).content.decode()
    assert JoinRequest.objects.get().status == "taken_back"


def test_a_visitor_is_led_through_signing_in(cast: Cast, page: str, as_person: SignIn) -> None:
    assert "Sign in to ask to join" in text(as_person(None), page)
    answer = as_person(None).get(f"{page}ask/")
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={page}ask/")


@pytest.mark.parametrize("name", ["member", "stranger"])
def test_who_asks_is_for_hosts(cast: Cast, page: str, as_person: SignIn, now: datetime, name: str) -> None:
    asked = ask_to_join(group=cast.group, person=cast.applicant, words="Secretly slow", now=now)
    browser = as_person(cast.people[name])
    for path in (f"{page}requests/", f"{page}invitations/"):
        assert browser.get(path).status_code == 403
        assert path not in text(browser, page)
    for act in ("accept", "decline"):
        assert browser.post(f"{page}requests/{asked.uuid}/{act}/").status_code == 403


@pytest.mark.parametrize("path", ["", "ask/", "look/", "take-part/", "ask/take-back/", "requests/", "invitations/"])
def test_for_the_banned_the_group_never_was(cast: Cast, page: str, as_person: SignIn, path: str) -> None:
    browser = as_person(cast.banned)
    for act in (browser.get, browser.post):
        there, never = (act(f"/groups/{slug}/{path}") for slug in (cast.group.slug, "no-such-group"))
        assert there.status_code == never.status_code in {404, 405}
        bodies = [NEW_EVERY_TIME.sub("", answer.content.decode()) for answer in (there, never)]
        assert bodies[0].replace(cast.group.slug, "no-such-group") == bodies[1]


def test_the_list_asks_as_much_for_three_as_for_one(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    host, counts = as_person(cast.host), []
    host.get("/")
    for number, person in enumerate([cast.applicant, cast.stranger, cast.editor], start=1):
        ask_to_join(group=cast.group, person=person, now=now)
        if number == 2:
            continue
        with CaptureQueriesContext(connection) as counted:
            host.get(f"{page}requests/")
        counts.append(len(counted))
    assert counts[0] == counts[1]


# Looking -----------------------------------------------------------------------------------------
def test_looking_and_then_taking_part(cast: Cast, page: str, as_person: SignIn) -> None:
    Group.objects.update(join_policy=Group.JoinPolicy.OPEN)
    browser = as_person(cast.stranger)
    assert "Just look first" in text(browser, page)

    assert "You are just looking" in browser.post(f"{page}look/", follow=True).content.decode()
    assert cast.stranger.display_name not in text(as_person(cast.member), page)
    assert browser.post(f"{page}feed/", {"text": "Hello"}).status_code == 200
    assert "You are one of them now" in browser.post(f"{page}take-part/", follow=True).content.decode()
    assert cast.stranger.display_name in text(as_person(cast.member), page)


def test_the_page_of_a_member_stays_within_its_queries(
    cast: Cast, page: str, as_person: SignIn, now: datetime, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = as_person(cast.member)
    browser.get("/")
    with django_assert_max_num_queries(14):  # two of them for the session and the person
        browser.get(page)


# Inviting ----------------------------------------------------------------------------------------
def test_a_link_is_shown_once_and_leads_in(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    make_event(cast.group, now)
    host, invited = as_person(cast.host), as_person(cast.stranger)
    made = host.post(f"{page}invitations/", {"note": "The choir", "most_uses": "1", "days": "7"}).content.decode()
    path = re.search(r'value="https?://[^/]+(/groups/invitations/[^"]+)"', made)[1]  # type: ignore[index]
    again = text(host, f"{page}invitations/")
    assert "The choir" in again
    assert path not in again

    assert invited.get(page).status_code == 404
    seen = invited.get(path)
    assert all(words in seen.content.decode() for words in ("Morning Mosses", "River loop", "Thursday 12 March"))
    assert ("no-store" in seen["Cache-Control"], seen["Referrer-Policy"]) == (True, "strict-origin")
    assert 'content="noindex' in seen.content.decode()
    assert "The choir" not in seen.content.decode()
    assert not Membership.objects.filter(person=cast.stranger).exists(), "reading changes nothing"

    assert "Welcome to Morning Mosses" in invited.post(path, follow=True).content.decode()
    assert as_person(cast.applicant).get(path).status_code == 404, "used up"


def test_invited_just_to_look(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    _made, token = invite(group=cast.group, host=cast.host, now=now)
    as_person(cast.stranger).post(f"/groups/invitations/{token}/", {"look": "1"})
    assert Membership.objects.get(person=cast.stranger).is_looking


def test_signed_out_people_are_led_in_and_back(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    _made, token = invite(group=cast.group, host=cast.host, now=now)
    path, visitor = f"/groups/invitations/{token}/", as_person(None)
    seen = text(visitor, path)
    assert f"/account/login/?next={path}" in seen
    assert f"/account/signup/?next={path}" in seen
    assert visitor.post(path)["Location"] == path
    User.objects.filter(pk=cast.stranger.pk).update(welcomed_at=None)
    led = as_person(User.objects.get(pk=cast.stranger.pk)).post(path)["Location"]
    assert "welcome" in led
    assert token in led
    assert Invitation.objects.get().uses == 0


def test_links_that_let_nobody_in_cannot_be_told_apart(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    links = {name: invite(group=cast.group, host=cast.host, most_uses=1, now=now) for name in ("back", "over", "used")}
    revoke_invitation(invitation=links["back"][0], host=cast.host, now=now)
    Invitation.objects.filter(pk=links["over"][0].pk).update(expires_at=now)
    Invitation.objects.filter(pk=links["used"][0].pk).update(uses=1)
    good = invite(group=cast.group, host=cast.host, now=now)[1]
    tokens = [token for _made, token in links.values()]
    browser = as_person(cast.banned)
    assert as_person(cast.stranger).get(f"/groups/invitations/{good}/").status_code == 200, "control"
    for act in (browser.get, browser.post):
        said = set()
        for token in [*tokens, good, "never-was"]:
            answer = act(f"/groups/invitations/{token}/")
            body = NEW_EVERY_TIME.sub("", answer.content.decode()).replace(token, "")
            said.add((answer.status_code, answer["Referrer-Policy"], answer["Cache-Control"], body))
        assert len(said) == 1
        assert next(iter(said))[0] == 404


def test_joining_is_not_posted_from_elsewhere(cast: Cast, page: str, now: datetime) -> None:
    _made, token = invite(group=cast.group, host=cast.host, now=now)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.post(f"/groups/invitations/{token}/").status_code == 403
    assert not Membership.objects.filter(person=cast.stranger).exists()


def test_too_many_tries_are_asked_to_wait(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    _made, token = invite(group=cast.group, host=cast.host, now=now)
    browser = as_person(cast.member)
    said = [browser.post(f"/groups/invitations/{token}/", follow=True).content.decode() for _ in range(31)]
    assert "a little fast" not in said[29]
    assert "a little fast" in said[30]


def test_a_host_takes_a_link_back(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    made, _token = invite(group=cast.group, host=cast.owner, now=now)
    as_person(cast.host).post(f"{page}invitations/{made.uuid}/revoke/")
    made.refresh_from_db()
    assert made.revoked_at == now
    assert "None at the moment." in text(as_person(cast.host), f"{page}invitations/")


def test_by_invitation_only_is_said(cast: Cast, page: str, as_person: SignIn) -> None:
    Group.objects.update(join_policy=Group.JoinPolicy.INVITATION)
    for person in (None, cast.stranger):
        assert "People come into this group by invitation." in text(as_person(person), page)


def test_who_rests_reads_why_they_cannot_come(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    _made, token = invite(group=cast.group, host=cast.host, now=now)
    User.objects.filter(pk=cast.stranger.pk).update(suspended_until=now + timedelta(days=1))
    answer = as_person(User.objects.get(pk=cast.stranger.pk)).post(f"/groups/invitations/{token}/", follow=True)
    assert "rests until" in answer.content.decode()


def test_an_event_shows_the_way_into_its_group(cast: Cast, page: str, as_person: SignIn, now: datetime) -> None:
    event = make_event(cast.group, now)
    assert f"{page}ask/" in text(as_person(cast.stranger), event.get_absolute_url())
    make_members(cast.group, 1)
    look_page = text(as_person(cast.member), event.get_absolute_url())
    assert f"{page}ask/" not in look_page


def test_looking_is_by_invitation_or_open(cast: Cast, page: str, as_person: SignIn) -> None:
    as_person(cast.stranger).post(f"{page}look/")
    assert not Membership.objects.filter(person=cast.stranger).exists()
    Group.objects.update(join_policy=Group.JoinPolicy.OPEN)
    assert look(group=Group.objects.get(pk=cast.group.pk), person=cast.stranger, now=cast.group.created_at).is_looking
