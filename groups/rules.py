"""Who may do what in groups. Which groups and events somebody may know of at all: `visible_to`.

Asked through `may`, not through `user.has_perm`: a superuser has every permission of the admin, and
is a person like any other in a group.
"""

from typing import Any, cast

import rules

from core.visibility import Viewer
from groups.models import Event, Group, Membership, Role, Series
from groups.models.memberships import HOSTING, MODERATING

type About = Group | Event | Series | None


def is_signed_in(person: Viewer) -> bool:
    return person.is_authenticated


def is_member(person: Viewer, about: About) -> bool:
    return _role(person, about) is not None


def is_host(person: Viewer, about: About) -> bool:
    return _role(person, about) in HOSTING


def is_owner(person: Viewer, about: About) -> bool:
    return _role(person, about) == Role.OWNER


def is_moderator(person: Viewer, about: About) -> bool:
    return _role(person, about) in MODERATING


def is_open_to_all(person: Viewer, group: Group | None) -> bool:
    return group is not None and group.is_open and group.join_policy == Group.JoinPolicy.OPEN


def is_on_request(person: Viewer, group: Group | None) -> bool:
    return group is not None and group.join_policy == Group.JoinPolicy.REQUEST


def _role(person: Viewer, about: About) -> str | None:
    """Return what the person is in the group: as it was read with the row for them (`with_role_of`), else as it is."""
    if about is None or not person.is_authenticated:
        return None
    if getattr(about, "asked_for", None) == person.pk:
        return cast("str | None", cast("Any", about).asked_role)
    group = about.pk if isinstance(about, Group) else about.group_id
    mine = Membership.objects.current().filter(group=group, person=person).first()
    return mine.role if mine else None


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


def may(person: Viewer, act: str, about: About = None) -> bool:
    """Return whether `person` may do `act` (e.g. `change_event`) to the object, which they can see."""
    return bool(rules.has_perm(f"groups.{act}", person, about))
