"""Whether a kept reply tells of somebody whom its person may know of no more."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import ResolverMatch

from accounts.models import Block, User
from groups.leaving import ROWS, group_at, words_of
from groups.models import Buddies, Membership, Noticer

# First word of the address → what is between two alone: over with it, and unless the other is still to be seen.
BETWEEN_TWO: dict[str, type[Buddies] | type[Noticer]] = {"buddies": Buddies, "noticers": Noticer}
WRITTEN = {"posts", "comments"}  # an author may have a new name
NAMES = {"name", "author", "cheered_by", "shared_by", "greeter"}  # the fields that name somebody
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
    if word in WRITTEN and not _is_shown(address, word, person):
        return True
    is_of_groups = address.func.__module__.startswith("groups.")
    return is_of_groups and word != TOLD_ANYWAY and _names_the_blocked(person, address, since, body)


def _are_still(model: type[Buddies | Noticer], person: User, body: bytes) -> bool:
    told = {UUID(found.decode()) for found in A_UUID.findall(body)}
    rows = model.objects.visible_to(person).filter(uuid__in=told).values_list("uuid", flat=True)
    return told == {*rows, *User.objects.visible_to(person).filter(uuid__in=told).values_list("uuid", flat=True)}


def _names_the_blocked(person: User, address: ResolverMatch, since: datetime, body: bytes) -> bool:
    """Whether it does, but for whom a host goes on seeing, and is not to learn from it that they blocked them."""
    blocks = Block.objects.filter(created_at__gte=since)
    others = list(User.objects.get_queryset().filter(pk__in=blocks.others_of(person)))
    names = set(_names_in(json.loads(body))) if others else set()
    named = [other.pk for other in others if str(other.uuid).encode() in body or other.display_name in names]
    if not named:
        return False
    looked_after = Membership.objects.looked_after_by(person).filter(group=group_at(address), person__in=named)
    return looked_after.count() < len(named)


def _is_shown(address: ResolverMatch, word: str, person: User) -> bool:
    """Whether the person still sees what the address names."""
    uuid, model = address.kwargs.get("uuid") or address.kwargs.get("post"), ROWS[word][0]
    return uuid is None or model.objects.visible_to(person).filter(uuid=uuid).exists()


def _names_in(said: Any) -> Iterator[str]:
    """Yield the names in a reply: what the fields say that name somebody, however deep."""
    if isinstance(said, dict):
        for field, value in said.items():
            here = value if isinstance(value, list) else [value]
            yield from (name for name in here if field in NAMES and name and isinstance(name, str))
            yield from _names_in(value)
    elif isinstance(said, list):
        for one in said:
            yield from _names_in(one)
