"""Promise A6: a block holds both ways on every surface, and answers exactly like a closed account.

Every surface that names people, counts them or shows their words is asked three times: as it is (the control: it does
show the other), with a block in one of the two directions, and with the other's account closed instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Block, User
from accounts.services.blocks import block
from groups.models import (
    Buddies,
    BuddyWord,
    Cheer,
    Comment,
    Event,
    Group,
    JoinRequest,
    Membership,
    Noticer,
    Picture,
    PlanShare,
    Post,
    Rsvp,
)
from groups.people import people_known_to
from groups.services.rsvps import rsvp
from moderation.subjects import kind_or_404
from plans.models import PlanTemplate
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast
from tests.plans.own_kit import own_plan

pytestmark = pytest.mark.django_db
NEW_EVERY_TIME = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)"[^"]+"')
NAME, WORDS = "Zenobia", "Quietly by the weir"


@dataclass(frozen=True)
class Scene:
    """`viewer` and `other` are members of one group, and `other` is everywhere in it."""

    viewer: User
    other: User
    group: Group
    event: Event
    plan: PlanTemplate
    client: Client

    def read(self, path: str) -> str:
        """Return status, headers of content and body, without what is new in every answer."""
        answer = self.client.get(path)
        text = NEW_EVERY_TIME.sub("", answer.content.decode())
        return f"{answer.status_code} {answer.headers.get('Content-Type')}\n{text}"

    def rows(self, queryset) -> str:
        return repr(sorted(queryset.values_list("uuid", flat=True)))


@pytest.fixture
def scene(cast: Cast, now: datetime, as_person) -> Scene:
    Block.objects.all().delete()
    viewer, other, group = cast.member, cast.blocked, cast.group
    other.display_name = NAME
    other.save()
    event = make_event(group, now, greeter=other, capacity=5)
    rsvp(event=event, person=other, answer=GOING, now=now)
    plan = own_plan(other)
    PlanShare.objects.create(group=group, template=plan, shared_by=other)
    post = Post.objects.create(group=group, author=other, text=WORDS, text_html=f"<p>{WORDS}</p>")
    Comment.objects.create(post=post, author=other, text=WORDS, text_html=f"<p>{WORDS}</p>")
    Picture.objects.create(group=group, post=post, sent_by=other, width=1, height=1, alt=WORDS)
    owned = Post.objects.create(group=group, author=cast.owner, text="Morning", text_html="<p>Morning</p>")
    Cheer.objects.create(post=owned, person=other)
    pair = Buddies.objects.create(asked_by=other, asked=viewer, agreed_at=now)
    BuddyWord.objects.create(buddies=pair, person=other, local_on=now.date(), word="done")
    Noticer.objects.create(person=other, friend=viewer, after_days=7, words=WORDS, agreed_at=now)
    return Scene(viewer, other, group, event, plan, as_person(viewer))


def page(name: str, *args: Callable[[Scene], object]) -> Callable[[Scene], str]:
    return lambda scene: scene.read(reverse(name, args=[arg(scene) for arg in args]))


def report(kind: str, row: Callable[[Scene], User | Post]) -> Callable[[Scene], str]:
    return lambda scene: scene.read(reverse("moderation:new_report", args=[kind, row(scene).uuid]))


def api(path: str) -> Callable[[Scene], str]:
    def ask(scene: Scene) -> str:
        a = {"group": scene.group.uuid, "event": scene.event.uuid, "other": scene.other.uuid, "plan": scene.plan.slug}
        return scene.read(f"/api/v1/{path.format(**a)}")

    return ask


SURFACES: dict[str, Callable[[Scene], str]] = {
    # pages
    "group: who is here, shared plans, feed": page("groups:group", lambda s: s.group.slug),
    "group: who does what": page("groups:group_people", lambda s: s.group.slug),
    "event: who is going, greeter": page("groups:event", lambda s: s.group.slug, lambda s: s.event.uuid),
    "person": page("groups:person", lambda s: s.other.uuid),
    "report a person": report("person", lambda s: s.other),
    "report a post": report("post", lambda s: Post.objects.get(author=s.other)),
    "a plan that they share": page("plans:template", lambda s: s.plan.slug),
    "follow a plan that they share": page("plans:follow", lambda s: s.plan.slug),
    # answers of the API
    "api: an event and its greeter": api("events/{event}/"),
    "api: events": api("events/"),
    "api: members of the group": api("groups/{group}/members/"),
    "api: plans of the group": api("groups/{group}/plans/"),
    "api: a plan that they share": api("plan-templates/{plan}/"),
    "api: person": api("people/{other}/"),
    # the doorways, through which every page, count, search, feed, calendar, message and answer goes
    "people": lambda s: s.rows(User.objects.visible_to(s.viewer)),
    "people known through groups": lambda s: s.rows(people_known_to(s.viewer)),
    "memberships": lambda s: s.rows(Membership.objects.visible_to(s.viewer)),
    "answers": lambda s: s.rows(Rsvp.objects.visible_to(s.viewer)),
    "posts": lambda s: s.rows(Post.objects.visible_to(s.viewer)),
    "comments": lambda s: s.rows(Comment.objects.visible_to(s.viewer)),
    "pictures": lambda s: s.rows(Picture.objects.visible_to(s.viewer)),
    "cheers": lambda s: s.rows(Cheer.objects.visible_to(s.viewer)),
    "shared plans": lambda s: s.rows(PlanShare.objects.visible_to(s.viewer)),
    "plans": lambda s: repr(sorted(PlanTemplate.objects.visible_to(s.viewer).values_list("slug", flat=True))),
    "buddies": lambda s: s.rows(Buddies.objects.visible_to(s.viewer)),
    "words between buddies": lambda s: repr(list(BuddyWord.objects.visible_to(s.viewer).values_list("word"))),
    "who notices": lambda s: s.rows(Noticer.objects.visible_to(s.viewer)),
    "what can be reported": lambda s: repr(_found(s)),
}


# Models that point at people and are no surface: why nobody with a block meets the other through them.
NO_SURFACE = {
    "Group": "its owner is named by the membership",
    "Event": "its greeter is fetched as a person; answers and hosts as below",
    "Series": "as an event",
    "Attendance": "one's own; hosts see both at events of their group",
    "HostMessage": "a host writes to those who come to an event of the group",
    "Invitation": "for hosts of the group, who do not learn from it who came",
    "AnswerLink": "one's own",
    "CalendarFeed": "one's own",
    "GoalShare": "one's own",
    "GroupPlanShare": "one's own",
    "Contribution": "one's own; of the others there is a sum, and it shrinks for nobody",
    "Goal": "the group's; who set it is not shown",
    "GroupPlan": "the group's; who set it is not shown",
}
BY_SURFACE = {
    "Membership": "memberships", "Rsvp": "answers", "Post": "posts", "Comment": "comments", "Picture": "pictures",
    "Cheer": "cheers", "PlanShare": "shared plans", "Buddies": "buddies", "BuddyWord": "words between buddies",
    "Noticer": "who notices", "JoinRequest": "people known through groups",
}  # fmt: skip


def test_every_model_that_points_at_people_is_a_surface_or_says_why_not() -> None:
    pointing = {
        model.__name__
        for model in apps.get_app_config("groups").get_models()
        if any(field.related_model is User for field in model._meta.concrete_fields)
    }
    assert pointing == set(NO_SURFACE) | set(BY_SURFACE)
    assert set(BY_SURFACE.values()) <= set(SURFACES)


def _found(scene: Scene) -> bool:
    kind = kind_or_404("person")
    return kind.seen_by is not None and kind.seen_by(scene.viewer).filter(pk=scene.other.pk).exists()


def outcome(scene: Scene, surface: str, change: Callable[[], object]) -> str:
    """Return what the surface answers after the change, which is undone."""
    with transaction.atomic():
        change()
        found = SURFACES[surface](scene)
        transaction.set_rollback(True)
    return found


def close(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("direction", ["I blocked them", "they blocked me"])
@pytest.mark.parametrize("surface", SURFACES)
def test_a_block_answers_like_a_closed_account(scene: Scene, surface: str, direction: str) -> None:
    pair = (scene.viewer, scene.other) if direction == "I blocked them" else (scene.other, scene.viewer)

    shown = SURFACES[surface](scene)
    closed = outcome(scene, surface, lambda: close(scene.other))
    blocked = outcome(scene, surface, lambda: block(person=pair[0], other=pair[1]))

    assert shown != closed, "control: the surface shows the other, or it proves nothing"
    assert blocked == closed
    assert NAME not in blocked
    assert WORDS not in blocked


@pytest.mark.parametrize("direction", ["they blocked me", "I blocked them"])
def test_a_host_sees_both_at_events_of_the_group_and_nowhere_else(scene: Scene, direction: str, now: datetime) -> None:
    Membership.objects.filter(person=scene.viewer).update(role="host")
    pair = (scene.viewer, scene.other) if direction == "I blocked them" else (scene.other, scene.viewer)
    block(person=pair[0], other=pair[1])
    event_page = scene.read(scene.event.get_absolute_url())
    assert NAME in event_page
    assert reverse("groups:person", args=[scene.other.uuid]) not in event_page, "no link to a page that is not there"
    assert NAME not in scene.read(scene.group.get_absolute_url())
    assert scene.read(reverse("groups:person", args=[scene.other.uuid])).startswith("404")


@pytest.mark.parametrize("direction", ["they blocked me", "I blocked them"])
def test_who_asks_to_join_is_not_seen_by_a_host_with_a_block(scene: Scene, direction: str, now: datetime) -> None:
    Membership.objects.filter(person=scene.viewer).update(role="host")
    Membership.objects.filter(person=scene.other).delete()
    JoinRequest.objects.create(group=scene.group, person=scene.other, expires_at=now + timedelta(days=7))
    assert JoinRequest.objects.visible_to(scene.viewer).exists()
    pair = (scene.viewer, scene.other) if direction == "I blocked them" else (scene.other, scene.viewer)
    block(person=pair[0], other=pair[1])
    assert not JoinRequest.objects.visible_to(scene.viewer).exists()


@pytest.mark.parametrize("state", ["blocked by them", "blocked by me", "closed", "erased", "a stranger"])
def test_the_page_of_a_person_hides_them_all_alike(scene: Scene, cast: Cast, state: str) -> None:
    never = scene.read("/groups/people/00000000-0000-4000-8000-000000000000/")
    uuid = (cast.stranger if state == "a stranger" else scene.other).uuid
    if state == "blocked by them":
        block(person=scene.other, other=scene.viewer)
    elif state == "blocked by me":
        block(person=scene.viewer, other=scene.other)
    elif state == "closed":
        close(scene.other)
    elif state == "erased":
        User.objects.filter(pk=scene.other.pk).delete()
    hidden = scene.read(f"/groups/people/{uuid}/").replace(str(uuid), "00000000-0000-4000-8000-000000000000")
    assert hidden == never
    assert hidden.startswith("404")
