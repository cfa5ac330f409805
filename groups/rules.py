"""Who may do what in groups. Which groups and events somebody may know of at all: `visible_to`.

Asked through `may`, not through `user.has_perm`: a superuser has every permission of the admin, and
is a person like any other in a group.
"""

import rules

from core.visibility import Viewer
from groups.models import Event, Group, Membership
from groups.models.groups import MembershipQuerySet


def is_signed_in(person: Viewer) -> bool:
    return person.is_authenticated


def is_member(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).exists()


def is_host(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).hosting().exists()


def is_open_to_all(person: Viewer, group: Group | None) -> bool:
    return group is not None and group.join_policy == Group.JoinPolicy.OPEN


def _memberships(person: Viewer, about: Group | Event | None) -> MembershipQuerySet:
    if about is None or not person.is_authenticated:
        return Membership.objects.none()
    group = about.pk if isinstance(about, Group) else about.group_id
    return Membership.objects.current().filter(group=group, person=person)


signed_in, member, host = rules.predicate(is_signed_in), rules.predicate(is_member), rules.predicate(is_host)
open_to_all = rules.predicate(is_open_to_all)

rules.add_perm("groups.join_group", signed_in & open_to_all & ~member)
rules.add_perm("groups.leave_group", member)
rules.add_perm("groups.share_plan", member)
rules.add_perm("groups.create_event", host)
rules.add_perm("groups.change_event", host)
rules.add_perm("groups.cancel_event", host)
rules.add_perm("groups.rsvp_event", member)


def may(person: Viewer, act: str, about: Group | Event | None = None) -> bool:
    """Return whether `person` may do `act` (e.g. `change_event`) to the object, which they can see."""
    return bool(rules.has_perm(f"groups.{act}", person, about))
