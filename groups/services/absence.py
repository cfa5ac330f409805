"""Greeters who have gone without leaving the group by its door."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from groups.models import Event, Group, Membership, Series
from groups.services.greeters import step_back
from groups.services.memberships import lock_group


def let_absent_step_back(*, now: datetime) -> None:
    """Let every greeter step back who closed their account, was banned or takes no part in the group (any more)."""
    here = Membership.objects.taking_part().filter(
        group=OuterRef("group"), person=OuterRef("greeter"), person__is_active=True, person__banned_at=None
    )
    away = Q(greeter__isnull=False) & ~Exists(here)
    events = Event.objects.upcoming(now).filter(away).order_by().values_list("group", "greeter")
    series = Series.objects.going_on().filter(away).order_by().values_list("group", "greeter")
    for group_id, person_id in sorted({*events, *series}):
        with transaction.atomic():
            group = lock_group(Group(pk=group_id))
            step_back(group=group, person=User.objects.get(pk=person_id), now=now)
