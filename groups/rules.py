"""Who may do what in groups. Which groups and events somebody may know of at all: `visible_to`.

Asked through `may`, not through `user.has_perm`: a superuser has every permission of the admin, and
is a person like any other in a group.
"""

import rules

from core.visibility import Viewer
from groups.models import Event, Group, Membership, Role
from groups.models.memberships import MembershipQuerySet


def is_signed_in(person: Viewer) -> bool:
    return person.is_authenticated


def is_member(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).exists()


def is_host(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).hosting().exists()


def is_owner(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).filter(role=Role.OWNER).exists()


def is_moderator(person: Viewer, about: Group | Event | None) -> bool:
    return _memberships(person, about).moderating().exists()


def is_open_to_all(person: Viewer, group: Group | None) -> bool:
    return group is not None and group.is_open and group.join_policy == Group.JoinPolicy.OPEN


def is_on_request(person: Viewer, group: Group | None) -> bool:
    return group is not None and group.join_policy == Group.JoinPolicy.REQUEST


def _memberships(person: Viewer, about: Group | Event | None) -> MembershipQuerySet:
    if about is None or not person.is_authenticated:
        return Membership.objects.none()
    group = about.pk if isinstance(about, Group) else about.group_id
    return Membership.objects.current().filter(group=group, person=person)


signed_in, member, host = rules.predicate(is_signed_in), rules.predicate(is_member), rules.predicate(is_host)
owner, open_to_all, on_request = (rules.predicate(asked) for asked in (is_owner, is_open_to_all, is_on_request))
moderator = rules.predicate(is_moderator)

rules.add_perm("groups.join_group", signed_in & open_to_all & ~member)
rules.add_perm("groups.ask_to_join", signed_in & on_request & ~member)
rules.add_perm("groups.answer_requests", host)
rules.add_perm("groups.invite", host)
rules.add_perm("groups.leave_group", member)
rules.add_perm("groups.see_people", member)
rules.add_perm("groups.look_after_people", host)
rules.add_perm("groups.change_group", host)
rules.add_perm("groups.hand_over_group", owner)
rules.add_perm("groups.close_group", owner)
rules.add_perm("groups.share_plan", member)
rules.add_perm("groups.set_goal", host)
rules.add_perm("groups.set_group_plan", host)
rules.add_perm("groups.create_event", host)
rules.add_perm("groups.change_event", host)
rules.add_perm("groups.cancel_event", host)
rules.add_perm("groups.rsvp_event", member)
rules.add_perm("groups.pin_post", host)
rules.add_perm("groups.look_after_words", moderator)
rules.add_perm("groups.change_picture", host)
rules.add_perm("groups.attend_event", member)
rules.add_perm("groups.see_participants", host)
rules.add_perm("groups.note_attendance", host)
rules.add_perm("groups.write_to_participants", host)


def may(person: Viewer, act: str, about: Group | Event | None = None) -> bool:
    """Return whether `person` may do `act` (e.g. `change_event`) to the object, which they can see."""
    return bool(rules.has_perm(f"groups.{act}", person, about))
