"""Whom a viewer knows through groups, and what they see of each."""

from typing import Any

from django.db.models import Q, Subquery
from django.db.models.expressions import Combinable

from accounts.models import User, UserQuerySet
from core import clock
from core.visibility import Viewer
from groups.models import Buddies, Group, JoinRequest, Membership
from groups.models.groups import GroupQuerySet


def people_known_to(viewer: Viewer) -> UserQuerySet:
    """Return the people whose page the viewer may open, themselves among them.

    Fellow members as lists name them, those who ask to join a group that the viewer hosts, and buddies. Who is
    blocked, deactivated or gone is in none of them, and so is whoever shares nothing with the viewer.
    """
    seen = User.objects.visible_to(viewer)
    if not viewer.is_authenticated:
        return seen
    fellows = Membership.objects.visible_to(viewer).order_by().values("person")
    asking = JoinRequest.objects.visible_to(viewer).open(clock.now()).values("person")
    pairs = Buddies.objects.visible_to(viewer)
    buddies = Q(pk__in=pairs.values("asked")) | Q(pk__in=pairs.values("asked_by"))
    return seen.filter(Q(pk=viewer.pk) | Q(pk__in=fellows) | Q(pk__in=asking) | buddies)


def who_greets(viewer: Viewer, **who: Any) -> dict[str, Combinable]:
    """Return `greeter_name` and `greeter_uuid` of one person: the first where they are seen, the other to meet them."""
    named, known = User.objects.visible_to(viewer).filter(**who), people_known_to(viewer).filter(**who)
    return {"greeter_name": Subquery(named.values("display_name")), "greeter_uuid": Subquery(known.values("uuid"))}


def groups_shared_with(viewer: Viewer, person: User) -> GroupQuerySet:
    """Return the groups in which the viewer meets the person, by name."""
    fellow = Membership.objects.visible_to(viewer).filter(person=person).order_by().values("group")
    return Group.objects.visible_to(viewer).joined_by(viewer).filter(pk__in=fellow).order_by("name")
