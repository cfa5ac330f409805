"""What becomes of groups when somebody's account goes: nobody else loses a seat, a group or a total by it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import User
from groups.models import Event, Group, Membership, Post, Role, Series
from groups.models.memberships import HOSTING, MembershipQuerySet
from groups.services.closing import close
from groups.services.memberships import current_memberships, end_membership, lock_group
from groups.services.owners import name_owner
from groups.services.pictures import let_go_of_pictures, let_go_of_pictures_in
from groups.services.requests import end_requests_of
from groups.services.standing import give_back_seats_of, hand_over_groups_of
from groups.services.telling import tell_of_role


@transaction.atomic
def make_room(person: User, now: datetime) -> None:
    """Somebody is about to go: give back their seats, let hosts go on, and end what they asked. They stay members."""
    give_back_seats_of(person, None, now)
    hand_over_groups_of(person, None, now)
    end_requests_of(person, None, now)


@transaction.atomic
def leave_everything(person: User, now: datetime) -> None:
    """Somebody goes for good: out of every group, with their pictures. What they added to a total stays in it."""
    theirs = Q(pk__in=Group.objects.joined_by(person).values("pk")) | Q(owner=person)
    for group in Group.objects.filter(theirs).order_by("pk"):
        _leave(lock_group(group), person, now)
    for post in Post.objects.filter(author=person):
        let_go_of_pictures(post)
    for rows in (Event.objects.filter(greeter=person), Series.objects.filter(greeter=person)):
        rows.update(greeter=None, is_newcomer_friendly=False)  # of meetings that are over: the others are settled


def _leave(group: Group, person: User, now: datetime) -> None:
    mine = current_memberships(group, person).get(person.pk)
    others = Membership.objects.taking_part().filter(group=group).exclude(person=person)
    is_owned = others.filter(role=Role.OWNER, person__is_active=True).exists()
    if group.owner_id == person.pk or (mine is not None and mine.role == Role.OWNER and not is_owned):
        heir = _heir(others)
        if heir is not None:
            _hand_on(group, heir, now)
        elif group.owner_id == person.pk:  # nobody is left who could read anything there
            let_go_of_pictures_in(group)
            group.delete()
            return
    if mine is not None:
        end_membership(mine, group=group, now=now)


def _heir(others: MembershipQuerySet) -> Membership | None:
    """Return who owns it already, else hosts, moderates or has been there longest; of those first who are not away."""
    weight = (When(role=role, then=Value(n)) for n, role in enumerate((Role.OWNER, Role.HOST, Role.MODERATOR)))
    ranked = others.alias(rank=Case(*weight, default=Value(3), output_field=IntegerField()))
    return ranked.select_related("person").order_by("-person__is_active", "rank", "joined_at", "pk").first()


def _hand_on(group: Group, heir: Membership, now: datetime) -> None:
    """Name the heir as owner. Where they did not host, the group is closed first; it is theirs to open again."""
    is_there = heir.person.is_active
    is_new = heir.role != Role.OWNER
    if not (is_there and heir.role in HOSTING):
        close(group, now=now)
    name_owner(group, heir)
    if is_new and is_there:
        tell_of_role(heir, now=now)
