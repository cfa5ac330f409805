"""Promise A5: a private group leaks nowhere, and what somebody who has left or was put out could read is gone at once.

Everything in the group says a canary. Each route of the site is walked as everybody who is not in it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from core import clock
from groups.models import Membership, Rsvp
from groups.models.events import EventQuerySet
from groups.models.feed import PostQuerySet
from groups.models.groups import GroupQuerySet
from groups.services.memberships import leave_group
from moderation.links import token_for
from moderation.models import Decision
from moderation.subjects import all_kinds
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.access.doors import Door, doors
from tests.access.routes import routes
from tests.groups.canary_group import (
    DECIDED,
    INSIDER,
    LINK,
    OUTSIDERS,
    SLUG,
    Canaries,
    fill_with_canaries,
    send_everything,
)
from tests.kit.canaries import find_canaries
from tests.kit.world import UNLISTED, make_world

ABOUT_GROUPS = re.compile(
    r"^/(api/v1/)?(groups|events|series|posts|comments|people|buddies|noticers)/|/(reports|blocks)/"
)
SEARCHES = [
    f"{language}{page}?{words}"
    for language in ("", "/zh-hans")
    for page in ("/groups/", "/groups/events/", "/library/search/")
    for words in ("q=harbour&words=harbour", "words=canary&q=canary", "near=Berlin&km=50", "kind=hiking")
] + [
    f"/api/v1/{page}/?{words}"
    for page in ("groups", "events", "search")
    for words in ("words=harbour&q=harbour", "words=canary&q=canary", "near=Berlin", "kind=hiking")
]


@pytest.fixture(scope="module")
def standing_group(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Canaries]:
    with django_db_blocker.unblock(), transaction.atomic():
        now = clock.now()
        world = make_world(now)
        rows, more = fill_with_canaries(world, now)
        canaries = Canaries(world, tuple(rows), more)
        assert canaries.sessions
        yield canaries
        transaction.set_rollback(True)


@pytest.fixture
def group(standing_group: Canaries, db: None) -> Canaries:
    return standing_group


def all_doors(group: Canaries) -> Iterator[tuple[Door, str]]:
    """Yield every address, and the methods to try: what writes is tried where groups are."""
    for route in routes():
        if not route.is_admin:
            for door in doors(route, group.world):
                for method in route.methods if ABOUT_GROUPS.search(route.pattern) else ["GET"]:
                    yield door, method
    for path in [*SEARCHES, *_further(group)]:
        yield Door(path.partition("?")[0], "", path), "GET"


def _further(group: Canaries) -> Iterator[str]:
    for name in group.names:
        yield from (f"/me/reports/new/{kind}/{name}/" for kind in all_kinds() if name != SLUG)
    yield f"/groups/people/{group.people[INSIDER].uuid}/"
    yield f"/api/v1/people/{group.people[INSIDER].uuid}/"
    yield f"/zh-hans/groups/{SLUG}/"
    yield f"/zh-hans/groups/{SLUG}/events/{group.world.private_event.uuid}/"
    yield from (f"/groups/answers/{LINK}{group.people[kind].pk}/" for kind in ("left", "banned"))
    yield from (f"/me/decisions/{found.uuid}/" for found in Decision.objects.filter(words=DECIDED))
    yield from (f"/me/decisions/link/{token_for(found)}/" for found in Decision.objects.filter(words=DECIDED))
    yield "/plans/own-canary/"


def leaks_to(group: Canaries, kind: str, asked: Iterator[tuple[Door, str]]) -> dict[str, set[str]]:
    """Return address → what it tells, of everything asked."""
    told = ((f"{method} {door.path}", told_by(group, group.knock(door, method, kind), door)) for door, method in asked)
    return {what: words for what, words in told if words}


def told_by(group: Canaries, response: HttpResponse, door: Door) -> set[str]:
    """Return the columns and the addresses that an answer tells, past what the visitor has typed."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
    text = f"{response.headers}\n{body.decode(errors='replace')}".lower()
    names = {name for name in group.names if name not in door.path and name in text}
    return names | (find_canaries(text.encode()) if "canary" in text else set())


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_nobody_outside_reads_a_word_of_it(group: Canaries, kind: str) -> None:
    assert leaks_to(group, kind, all_doors(group)) == {}


def mailed() -> set[str]:
    """Return the columns of which any mail tells."""
    letters: Any = mail.outbox
    return find_canaries(str([(one.subject, one.body, one.alternatives) for one in letters]).encode())


def test_no_message_speaks_of_it_to_who_is_outside(group: Canaries) -> None:
    outside = [group.people[kind] for kind in ("applicant", "left", "banned")]
    send_everything(outside, list(group.rows), clock.now())

    outcomes = deliver_due(now=clock.now())

    assert outcomes.keys() == {"suppressed"}
    assert outcomes["suppressed"] > 50 * len(outside)
    assert mailed() == set()


TOLD = {
    "member": ("groups.event.title groups.event.place groups.group.name groups.hostmessage.text groups.post.text", {
        "event_moved", "first_time_coming", "group_announcement", "host_added", "host_message", "seat_promoted",
    }),
    "host": ("groups.group.name", {"join_asked"}),
}  # fmt: skip


@pytest.mark.parametrize("role", TOLD)
def test_control_the_same_messages_speak_of_it_to_who_is_inside(group: Canaries, role: str) -> None:
    insider = group.people[INSIDER]
    Membership.objects.filter(person=insider).update(role=role)
    send_everything([insider], list(group.rows), clock.now())

    deliver_due(now=clock.now())

    columns, kinds = TOLD[role]
    sent = Delivery.objects.filter(notification__person=insider, state=Delivery.State.SENT)
    assert set(sent.values_list("notification__kind", flat=True)) >= kinds
    assert mailed() >= set(columns.split())


READ_INSIDE = {
    "groups.group.about", "groups.event.about", "groups.event.pace", "groups.series.title", "groups.goal.title",
    "groups.post.text", "groups.comment.text", "groups.picture.alt", "groups.hostmessage.text",
}  # fmt: skip


def test_control_the_insider_reads_all_of_it(group: Canaries) -> None:
    asked = [door for door, method in all_doors(group) if method == "GET"]

    told = set().union(*read_by_the_insider(group, asked).values())

    assert told >= READ_INSIDE
    by_no_name = {str(uuid) for uuid in Rsvp.objects.values_list("uuid", flat=True)}  # answers are told, not linked
    unread = group.names - told - by_no_name - {str(group.people[INSIDER].uuid)}
    assert len(unread) <= 1  # an event that is over, which no list names


def _leaves(group: Canaries) -> None:
    leave_group(group=group.world.private_group, person=group.people[INSIDER], now=clock.now())


def _is_banned(group: Canaries) -> None:
    Membership.objects.filter(person=group.people[INSIDER]).update(banned_at=clock.now())


OWN_PLANS = re.compile("/(own-)?plans/")  # what the insider shares stays theirs
OWN_PLAN = re.compile(r"^plans\.plantemplate\.")  # and is told to their devices


@pytest.mark.parametrize("goes", [_leaves, _is_banned])
def test_whoever_goes_reads_nothing_of_it_at_once(
    group: Canaries, goes: Callable[[Canaries], None], settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    doors_to_read = [door for door, method in all_doors(group) if method == "GET" and not OWN_PLANS.search(door.path)]
    before = read_by_the_insider(group, doors_to_read)
    assert len(before) > 20

    goes(group)

    assert read_by_the_insider(group, [door for door in doors_to_read if door.path in before]) == {}


def read_by_the_insider(group: Canaries, asked: list[Door]) -> dict[str, set[str]]:
    """Return address → what it tells, with every cache as it is; their own name is theirs."""
    client = Client()
    client.cookies[site.SESSION_COOKIE_NAME] = group.sessions[INSIDER]
    own = {"accounts.user.display_name", str(group.people[INSIDER].uuid)}
    told = {door.path: told_by(group, client.get(door.path), door) - own for door in asked}  # type: ignore[arg-type]
    told["/api/v1/changes/"] = {word for word in told.get("/api/v1/changes/", ()) if not OWN_PLAN.match(word)}
    return {path: words for path, words in told.items() if words}


def test_what_is_unlisted_is_in_no_list(group: Canaries) -> None:
    event = group.world.unlisted_event
    secret = {UNLISTED, str(event.uuid), str(event.group.uuid), event.group.slug, event.title}
    elsewhere = [door for door, method in all_doors(group) if method == "GET" and door.about != "unlisted"]

    for door in elsewhere:
        page = group.knock(door, "GET", "stranger").content.decode(errors="replace")
        assert {word for word in secret if word in page and word not in door.path} == set(), door.path


OPENED = [
    (GroupQuerySet, ["/groups/", "/api/v1/groups/", "/groups/<slug>/"]),
    (EventQuerySet, ["/groups/events/", "/api/v1/events/"]),
    (PostQuerySet, ["/api/v1/posts/<uuid>/"]),
]


@pytest.mark.parametrize(("rows", "patterns"), OPENED)
def test_control_what_everybody_may_see_is_found(
    group: Canaries, rows: Any, patterns: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "_visible_to", lambda self, _: self.all())
    monkeypatch.setattr(rows, "findable_by", lambda self, reader: self.visible_to(reader.person), raising=False)
    asked = [(door, method) for door, method in all_doors(group) if door.route in patterns and method == "GET"]

    told = leaks_to(group, "stranger", iter(asked))

    assert {door.route for door, _ in asked if f"GET {door.path}" in told} == set(patterns)
