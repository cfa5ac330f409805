"""Feature A6, promise D3: an account that was deleted leaves no row, no file and no word, and takes nothing of others.

What becomes of each column is read from docs/data-register.yaml, and every table of the site is compared.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group as StaffRole
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import models

from accounts import endings
from accounts.models import SyncClock, SyncEntry, User
from accounts.services.erasure import erase_due
from accounts.services.leaving import TO_THINK, ask_to_leave
from groups.models import (
    Contribution,
    Event,
    Goal,
    GoalShare,
    Group,
    GroupPlan,
    JoinRequest,
    Membership,
    Picture,
    Post,
    Role,
    Series,
)
from groups.reencoding import reencode
from groups.services.pictures import add_pictures, small_name
from library.models import Mark, Revision
from moderation.models import Appeal, Report
from plans.models import GoneLog
from tests.kit.canaries import fill, find_canaries
from tests.kit.erasing import dump, everything, links, rule, theirs
from tests.kit.samples import photo
from tests.kit.world import World

pytestmark = pytest.mark.django_db
WHO = ["member", "owner", "host", "blocked", "editor", "superuser", "stranger"]


def leave(person: User, now: datetime) -> None:
    ask_to_leave(person=person, kept=None, now=now)
    assert erase_due(now=now + TO_THINK) == 1


@pytest.fixture
def full(world: World, as_person: Any, now: datetime) -> World:
    """Let everybody have what the world has of one: addresses, sessions, a second factor, pictures, parts of a goal."""
    _fill_gaps(world, now)
    for name in WHO:
        person = world.cast.people[name]
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        Authenticator.objects.create(user=person, type="totp", data={"secret": f"secret of {name}"})
        key = as_person(person).session.session_key
        UserSession.objects.create(user=person, session_key=key, ip="192.0.2.7", user_agent="Firefox", created_at=now)
        post = Post.objects.create(group=world.cast.group, author=person, text=f"Zwords of {name}")
        add_pictures(post, [(reencode(photo((60, 40))), f"Zpicture of {name}")])
        Report.objects.create(reporter=person, about_kind="group", about_id=world.cast.group.uuid, reason="spam")
    goal = Goal.objects.filter(group=world.cast.group).first() or Goal.objects.create(
        group=world.cast.group, title="Together", unit="minutes", target=100, starts_on=now.date(), ends_on=now.date()
    )
    Goal.objects.filter(pk=goal.pk).update(shown_total=700, shown_at=now)
    for name in WHO:
        person = world.cast.people[name]
        GoalShare.objects.get_or_create(goal=goal, person=person, defaults={"since_at": now})
        Contribution.objects.create(goal=goal, person=person, local_on=now.date() - timedelta(days=9), amount=100)
    editor, admins = world.cast.editor, world.cast.superuser
    Revision.objects.create(kind="mechanism", key="x", act="written", person=editor, content={})
    about = ContentType.objects.get_for_model(User)
    for person in (world.cast.member, editor):
        said: dict[str, Any] = {"content_type": about, "object_id": str(person.pk), "object_repr": f"Zname {person}"}
        LogEntry.objects.create(user=admins, action_flag=CHANGE, change_message=f"Zname {person}", **said)
    return world


def _fill_gaps(world: World, now: datetime) -> None:
    """Make rows of the member's and of a host's where the world has none."""
    member, host = world.cast.member, world.cast.host
    SyncClock.objects.create(person=member, epoch=uuid4())
    SyncEntry.objects.create(person=member, kind="log", key=str(world.log.uuid), version="x", position=1)
    GoneLog.objects.create(person=member, uuid=uuid4(), gone_at=now)
    Mark.objects.create(person=member, sense="read", mechanism=world.mechanism)
    member.user_permissions.add(Permission.objects.all()[0])
    JoinRequest.objects.update(closed_by=host)
    GroupPlan.objects.update(set_by=host)
    Series.objects.update(greeter=host)
    Goal.objects.update(set_by=host)
    Appeal.objects.update(answered_by=world.cast.editor)


@pytest.mark.parametrize("name", WHO)
def test_every_row_of_theirs_is_gone_and_every_other_is_there(full: World, name: str, now: datetime) -> None:
    person = full.cast.people[name]
    before, mine = everything(), theirs(person)
    assert len(mine) > 7
    emptied = [
        (field, set(field.model._base_manager.filter(**{field.attname: person.pk}).values_list("pk", flat=True)))
        for field in links(User)
        if rule(field) == "emptied"
    ]

    leave(person, now)

    assert before - everything() - mine == set()
    assert mine & everything() == set()
    assert [f for f in links(User) if f.model._base_manager.filter(**{f.attname: person.pk}).exists()] == []
    for field, rows in emptied:
        left = field.model._base_manager.filter(pk__in=rows - {pk for model, pk in mine if model is field.model})
        assert left.exclude(**{f"{field.attname}__isnull": True}).count() == 0


def test_the_walk_meets_every_column_that_leads_to_a_person(full: World) -> None:
    """A table of which nobody here has a row is one of which nothing is shown."""
    empty = {
        str(field)
        for field in links(User)
        if not field.model._base_manager.filter(**{f"{field.attname}__isnull": False}).exists()
    }
    assert empty == set()


def test_no_word_of_theirs_is_left(full: World, now: datetime) -> None:
    person = full.cast.member
    planted = set()
    for model, pk in theirs(person):
        row = model._base_manager.get(pk=pk)
        if model._meta.app_label in {"accounts", "groups", "plans", "library", "notifications", "moderation"}:
            planted |= {str(column) for column in fill(row)}
    Report.objects.filter(reporter=person).update(words="Zsaw something")
    User.objects.filter(pk=person.pk).update(time_zone="Europe/Berlin", language="en")
    assert len(planted) > 30
    assert len(find_canaries(dump())) > 30
    assert b"Zname" in dump()

    leave(person, now)

    left = dump()
    assert find_canaries(left) == set()
    for word in ("member@people.example", "Zsaw something", "Zname Member", "Zpicture of member", "secret of member"):
        assert word.encode() not in left
    assert b"Zpicture of host" in left


def test_their_files_are_gone_and_other_files_are_there(
    full: World, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    mine = [str(row.file) for row in Picture.objects.filter(post__author=full.cast.host)]
    others = [str(row.file) for row in Picture.objects.filter(post__author=full.cast.owner)]
    group = [str(row.file) for row in Picture.objects.filter(post=None)]
    assert mine
    assert all(map(default_storage.exists, [*mine, *map(small_name, mine)]))

    with django_capture_on_commit_callbacks(execute=True):
        leave(full.cast.host, now)

    assert not any(map(default_storage.exists, [*mine, *map(small_name, mine)]))
    assert all(map(default_storage.exists, [*others, *map(small_name, others), *group]))


def test_a_total_does_not_shrink_and_no_longer_knows_whose_it_was(full: World, now: datetime) -> None:
    goal = Goal.objects.get(group=full.cast.group)
    was = goal.shown_total, Contribution.objects.filter(goal=goal).aggregate(n=models.Sum("amount"))["n"]

    for name in ("member", "host"):
        ask_to_leave(person=full.cast.people[name], kept=None, now=now)
    assert erase_due(now=now + TO_THINK) == 2

    goal.refresh_from_db()
    assert (goal.shown_total, Contribution.objects.filter(goal=goal).aggregate(n=models.Sum("amount"))["n"]) == was
    assert Contribution.objects.filter(goal=goal, person=None).count() >= 2
    assert not GoalShare.objects.filter(goal=goal, person__in=[full.cast.member.pk, full.cast.host.pk]).exists()


def test_a_seat_goes_to_the_next_in_line_when_they_ask(full: World, now: datetime) -> None:
    Event.objects.filter(pk=full.event.pk).update(capacity=3)
    waiting = full.event.rsvps.get(person=full.cast.host)
    assert waiting.status == "waitlisted"

    ask_to_leave(person=full.cast.member, kept=None, now=now)

    waiting.refresh_from_db()
    assert waiting.status == "going"
    erase_due(now=now + TO_THINK)
    event = Event.objects.get(pk=full.event.pk)
    assert event.going_count == event.rsvps.filter(status="going").count() == 3


def test_the_group_goes_to_who_hosts_it(full: World, now: datetime) -> None:
    leave(full.cast.owner, now)
    group = Group.objects.get(pk=full.cast.group.pk)
    assert group.owner_id == full.cast.host.pk
    assert group.closed_at is None
    assert Membership.objects.get(group=group, person=full.cast.host).role == Role.OWNER


def test_a_group_that_nobody_hosts_is_closed_and_goes_to_who_is_there_longest(full: World, now: datetime) -> None:
    group, member = full.cast.group, full.cast.member
    Membership.objects.filter(group=group, person=full.cast.host).delete()
    Membership.objects.filter(group=group, person=member).update(joined_at=now - timedelta(days=900))

    leave(full.cast.owner, now)

    group.refresh_from_db()
    assert group.owner_id == member.pk
    assert group.closed_at is not None
    assert Event.objects.get(pk=full.event.pk).status == Event.Status.CANCELLED
    assert Membership.objects.get(group=group, person=member).role == Role.OWNER


def test_a_group_of_nobody_else_goes_with_its_files(
    full: World, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    group = full.cast.group
    Membership.objects.filter(group=group).exclude(person=full.cast.owner).update(left_at=now)
    files = [str(row.file) for row in Picture.objects.filter(group=group)]
    assert files
    with django_capture_on_commit_callbacks(execute=True):
        leave(full.cast.owner, now)
    assert not Group.objects.filter(pk=group.pk).exists()
    assert not any(map(default_storage.exists, [*files, *map(small_name, files)]))


def test_what_breaks_off_in_the_middle_leaves_them_whole_for_the_next_tick(
    full: World, now: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """What listens last breaks off, when the others have done their part. Others who are due go all the same."""
    files = [str(row.file) for row in Picture.objects.filter(post__author=full.cast.member)]
    for person in (full.cast.member, full.cast.stranger):
        ask_to_leave(person=person, kept=None, now=now)
    before = theirs(full.cast.member)

    def refuse(person: User, _now: datetime) -> None:
        if person == full.cast.member:
            raise RuntimeError("it broke off")

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(endings, "_of_erasure", [*endings._of_erasure, refuse])
        assert erase_due(now=now + TO_THINK) == 1

    assert theirs(full.cast.member) == before
    assert all(map(default_storage.exists, files))
    assert not User.objects.filter(pk=full.cast.stranger.pk).exists()

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_due(now=now + TO_THINK) == 1
        assert erase_due(now=now + TO_THINK) == 0
    assert before & everything() == set()
    assert not any(map(default_storage.exists, files))


def test_nobody_goes_before_their_time(full: World, now: datetime) -> None:
    ask_to_leave(person=full.cast.member, kept=None, now=now)
    assert erase_due(now=now + TO_THINK - timedelta(seconds=1)) == 0
    assert User.objects.filter(pk=full.cast.member.pk).exists()


def test_staff_roles_stay(full: World, now: datetime) -> None:
    roles = StaffRole.objects.count()
    leave(full.cast.editor, now)
    assert StaffRole.objects.count() == roles > 0
