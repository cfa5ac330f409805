"""Whether a kept reply tells of somebody whom its person may know of no more."""

import json
import re
from datetime import datetime
from uuid import UUID

from django.urls import ResolverMatch

from accounts.models import Block, User
from groups.leaving import group_at, words_of
from groups.models import Buddies, Membership, Noticer

# First word of the address → what is between two alone: over with it, and unless the other is still to be seen.
BETWEEN_TWO: dict[str, type[Buddies] | type[Noticer]] = {"buddies": Buddies, "noticers": Noticer}
TOLD_ANYWAY = "blocks"  # what their person did, whomever it is about
A_UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def has_parted_since(person: User, address: ResolverMatch, since: datetime, body: bytes) -> bool:
    """Whether the reply names somebody who is blocked since, either way round, or with whom nothing is agreed now.

    Names stand in the replies of many doors of groups, with or without an address, so it is their words that are looked
    at. The doors of one's own logs and plans name nobody.
    """
    word = words_of(address)[0]
    if pair := BETWEEN_TWO.get(word):
        return not _are_still(pair, person, body)
    is_of_groups = address.func.__module__.startswith("groups.")
    return is_of_groups and word != TOLD_ANYWAY and _names_the_blocked(person, address, since, body)


def _are_still(model: type[Buddies | Noticer], person: User, body: bytes) -> bool:
    told = {UUID(found.decode()) for found in A_UUID.findall(body)}
    rows = model.objects.visible_to(person).filter(uuid__in=told).values_list("uuid", flat=True)
    return told == {*rows, *User.objects.visible_to(person).filter(uuid__in=told).values_list("uuid", flat=True)}


def _names_the_blocked(person: User, address: ResolverMatch, since: datetime, body: bytes) -> bool:
    """Whether it does, but for whom a host goes on seeing, and is not to learn from it that they blocked them."""
    blocks = Block.objects.filter(created_at__gte=since)
    others = User.objects.get_queryset().filter(pk__in=blocks.others_of(person))
    named = [other.pk for other in others if any(sign in body for sign in _signs_of(other))]
    if not named:
        return False
    looked_after = Membership.objects.looked_after_by(person).filter(group=group_at(address), person__in=named)
    return looked_after.count() < len(named)


def _signs_of(other: User) -> list[bytes]:
    """Return how a reply names them: by address, and by name if they have given one, as a value of its own."""
    name = [json.dumps(other.display_name, ensure_ascii=False).encode()] if other.display_name else []
    return [str(other.uuid).encode(), *name]
