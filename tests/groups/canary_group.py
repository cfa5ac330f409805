"""A private group whose every text is a canary, and the people who stand outside of it in six ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Case, F, When

from accounts.models import User
from groups.models import (
    AnswerLink,
    Cheer,
    Comment,
    Event,
    Goal,
    GoalShare,
    Group,
    GroupPlan,
    HostMessage,
    JoinRequest,
    Membership,
    Picture,
    PlanShare,
    Post,
    Rsvp,
    Series,
)
from moderation.models import Decision
from notifications import kinds
from notifications.models import Delivery, Notification
from notifications.tokens import hash_of
from plans.models import PlanTemplate
from tests.access.visits import Visitors
from tests.kit.canaries import fill
from tests.kit.cast import make_person
from tests.kit.told import only_by
from tests.kit.world import World

OUTSIDERS = ["anonymous", "stranger", "applicant", "blocked", "left", "banned"]
INSIDER = "insider"
SLUG = "zqheron-harbour"
DECIDED = "Gently, and in time"
LINK = "a-token-to-answer-by-of-"
NEVER = time(0)
SIX_HOURS = timedelta(hours=6)


@dataclass(frozen=True, eq=False)
class Canaries(Visitors):
    """The visitors of the world, those whom the private group knows among them; `rows` hold the canaries."""

    rows: tuple[models.Model, ...]
    more: dict[str, User]

    @cached_property
    def sessions(self) -> dict[str, str]:
        return {kind: self._sign_in(kind) for kind in (*OUTSIDERS, INSIDER) if kind != "anonymous"}

    @property
    def people(self) -> dict[str, User]:
        return {**self.world.cast.people, **self.more}

    def _sign_in(self, kind: str) -> str:
        return self.session_of(self.people[kind])

    @cached_property
    def names(self) -> set[str]:
        """Return the addresses that say that something is there: of the group, and of all that is in it."""
        uuids = {str(row.uuid) for row in self.rows if hasattr(row, "uuid")}
        return {SLUG, *uuids}


def fill_with_canaries(world: World, now: datetime) -> tuple[list[models.Model], dict[str, User]]:
    """Put a canary into every text of the private group; return what holds one, and the further people."""
    group, insider, left = world.private_group, make_person(INSIDER), make_person("left")
    Membership.objects.create(group=group, person=insider)
    Membership.objects.create(group=group, person=left, left_at=now)
    until = {"expires_at": now + timedelta(days=14)}
    JoinRequest.objects.get_or_create(group=group, person=world.cast.applicant, defaults=until)
    group.slug = SLUG
    Group.objects.filter(pk=group.pk).update(slug=SLUG)
    rows = [insider, *_things_of(world, insider, now), *_rows_of(group, world.private_event)]
    kept = {"time_zone", "rrule", "languages"}  # what is read by machines
    for row in rows:
        values = {field: getattr(row, field) for field in kept if hasattr(row, field)}
        fill(row)
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        row.refresh_from_db()
    for person in (left, world.cast.banned):
        rows += _traces_of(person, world, now)
    world.private_event.refresh_from_db()
    group.refresh_from_db()
    return rows, {INSIDER: insider, "left": left}


def send_everything(people: list[User], rows: list[models.Model], now: datetime) -> None:
    """Leave each kind of message of groups about one thing of every kind in the outbox, for each of the people.

    Of a kind of thing the last of `rows` is meant. They have no quiet hours, so that a test says the same at night.
    """
    asking = JoinRequest.objects.filter(status=JoinRequest.Status.OPEN).select_related("person")
    said_of = {"join_asked": str(asking.get(group__slug=SLUG).person.uuid)}
    things = {type(row): str(row.uuid) for row in rows if hasattr(row, "uuid")}
    told = [kind.name for kind in kinds.all_kinds() if kind.template.startswith("groups/")]
    User.objects.filter(pk__in=[person.pk for person in people]).update(quiet_from=NEVER, quiet_until=NEVER)
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True)
        made = Notification.objects.bulk_create(
            Notification(
                person=person, kind=kind, about_id=about, dedupe_key=f"{kind}:{about}:{person.pk}",
                due_at=now - SIX_HOURS, occurrence=said_of.get(kind, str(now.date())),
            )
            for kind in told
            for about in things.values()
        )  # fmt: skip
        for row in made:
            only_by(row, Delivery.Channel.EMAIL, unsubscribe_hash=hash_of(str(row.uuid)))


def _rows_of(group: Group, event: Event) -> Iterator[models.Model]:
    """Yield what the group holds; what an insider is told of is the last of its kind."""
    yield group
    for model in (Series, Picture, Goal):
        yield from model.objects.filter(group=group)
    yield from Event.objects.filter(group=group).order_by(Case(When(pk=event.pk, then=1), default=0))
    yield from Post.objects.filter(group=group).order_by("is_announcement")
    yield from Comment.objects.filter(post__group=group)
    yield from HostMessage.objects.filter(event__group=group)


def _things_of(world: World, insider: User, now: datetime) -> list[models.Model]:
    """Create what the world's private group lacks: an announcement, a word of a host, a plan shared and followed."""
    group, event = world.private_group, world.private_event
    plan = PlanTemplate.objects.create(
        slug="own-canary", owner=insider, weeks=1, sessions_min=1, sessions_max=1, is_published=True
    )
    PlanShare.objects.create(group=group, template=plan, shared_by=insider)
    GroupPlan.objects.create(group=group, template=plan, starts_on=now.date())
    Post.objects.create(group=group, author=insider, is_announcement=True, pinned_at=now)
    HostMessage.objects.create(event=event, author=insider, is_for_line=True)
    Rsvp.objects.create(event=event, person=insider, status=Rsvp.Status.GOING)
    Event.objects.filter(pk=event.pk).update(going_count=F("going_count") + 1)
    Event.objects.filter(pk=event.pk).update(greeter=insider)
    return [plan]


def _traces_of(person: User, world: World, now: datetime) -> list[models.Model]:
    """Leave everything that somebody who was in the group may have left there, more than the services would."""
    group, event = world.private_group, world.private_event
    about = Post.objects.filter(group=group).exclude(author=person).earliest("pk")
    mine: Any = Post.objects.create(group=group, author=person, text="My own words")
    answer = Rsvp.objects.create(event=event, person=person, status=Rsvp.Status.GOING, is_first_time=True)
    Cheer.objects.create(post=about, person=person)
    GoalShare.objects.create(goal=Goal.objects.filter(group=group)[0], person=person)
    AnswerLink.objects.create(
        token_hash=hash_of(f"{LINK}{person.pk}"), event=event, person=person, expires_at=event.ends_at
    )
    for kind, row in [("group", group), ("event", event), ("post", mine)]:  # they owned the group, once
        Decision.objects.create(person=person, act="warn", words=DECIDED, about_kind=kind, about_id=row.uuid)
    return [answer]
