"""Who may give which role to whom in a group, and who may be put out by whom.

Owners name owners and hosts, hosts name moderators. Nobody takes an owner's role but that owner.
"""

from django.db.models import Exists, OuterRef

from accounts.models import User
from core.pagination import Pages
from core.visibility import Viewer, get_visible
from groups.models import Group, Membership, Role
from groups.models.memberships import MembershipQuerySet
from groups.queries import people_looked_after_by

BY_WEIGHT = (Role.OWNER, Role.HOST, Role.MODERATOR, Role.MEMBER)


class ByArrival(Pages):
    page_size = 50
    ordering = ("joined_at", "pk")


def roles_to_give(by: Membership, about: Membership) -> tuple[Role, ...]:
    """Return the roles that `by` may give to `about`, the present one among them; of oneself, to step down."""
    if about.is_looking:
        return ()
    if by.pk == about.pk:
        lower = BY_WEIGHT[BY_WEIGHT.index(Role(by.role)) :]
        return lower if len(lower) > 1 else ()
    if about.role == Role.OWNER:
        return ()
    if by.role == Role.OWNER:
        return BY_WEIGHT
    return (Role.MODERATOR, Role.MEMBER) if by.role == Role.HOST and about.role != Role.HOST else ()


def may_put_out(by: Membership, about: Membership) -> bool:
    """Whether `by` may put `about` out of the group. Whoever wants to go themselves leaves."""
    if by.pk == about.pk or about.role == Role.OWNER:
        return False
    return by.role == Role.OWNER or (by.role == Role.HOST and about.role != Role.HOST)


def bans_seen_by(viewer: Viewer, group: Group) -> MembershipQuerySet:
    """Return who may not come back, for those who host the group, the last one first."""
    hosts = Membership.objects.hosting().filter(group=OuterRef("group"), person=viewer.pk)
    bans = Membership.objects.banned_for(viewer).filter(Exists(hosts), group=group)
    return bans.select_related("person").order_by("-banned_at", "-pk")


def keepers_seen_by(viewer: Viewer, group: Group) -> list[Membership]:
    """Return those with a role whom the viewer may know of: owners, hosts, moderators; longest there first."""
    keepers = people_looked_after_by(viewer, group).exclude(role=Role.MEMBER)
    return sorted(keepers, key=lambda each: BY_WEIGHT.index(Role(each.role)))


def own_membership(group: Group, person: User) -> Membership:
    """Return the person's own membership; whoever has none finds nothing."""
    return get_visible(Membership.objects.all(), person, group=group, person=person)
