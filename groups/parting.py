"""Whether a kept reply names somebody whom its person may know of no more.

Only the fields that hold people are looked at, and by their UUID: in free text and names anybody may write anything.
What is said of a post or an answer, and of who cheered, is read again instead of kept (`groups.api.feed`).
"""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.urls import ResolverMatch

from accounts.models import User
from groups.leaving import group_at, words_of
from groups.models import Buddies, Membership, Noticer, PlanShare
from groups.people import people_known_to

# First word of the address → what is between two alone: over with it, and unless the other is still to be seen.
BETWEEN_TWO: dict[str, type[Buddies] | type[Noticer]] = {"buddies": Buddies, "noticers": Noticer}
SHARED = "api/v1/groups/<uuid:group>/plans/"  # what is shared already is answered as somebody else's
OF_PEOPLE = {"person", "greeter_uuid"}
OF_ROWS = {"uuid"}  # of two, that of the other too
TOLD_ANYWAY = "blocks"  # what their person did, about anybody who is still there


def has_parted_since(person: User, address: ResolverMatch, _since: datetime, body: bytes) -> bool:
    """Whether the reply names somebody whom its person sees no more, or with whom nothing is agreed now.

    A host goes on seeing whom they look after, and is not to learn from it who blocked them; once these have left they
    are known no more, whether they did or not.
    """
    word = words_of(address)[0]
    if pair := BETWEEN_TWO.get(word):
        told = set(_values_of(json.loads(body), OF_ROWS))
        return not told <= _uuids(pair.objects.visible_to(person), told) | _uuids(User.objects.visible_to(person), told)
    if not address.func.__module__.startswith("groups."):
        return False
    said = json.loads(body)
    if address.route == SHARED and (told := set(_values_of(said, OF_ROWS))):
        return not told <= _uuids(PlanShare.objects.visible_to(person), told)
    named = set(_values_of(said, OF_PEOPLE))
    if not named:
        return False
    seen = User.objects.get_queryset() if word == TOLD_ANYWAY else people_known_to(person)
    cared_for = Membership.objects.looked_after_by(person).filter(group=group_at(address), person__is_active=True)
    return not named <= _uuids(seen, named) | _uuids(cared_for, named, "person__uuid")


def _uuids(rows: Any, among: Collection[str], field: str = "uuid") -> set[str]:
    return {str(uuid) for uuid in rows.filter(**{f"{field}__in": among}).values_list(field, flat=True)}


def _values_of(said: Any, fields: Collection[str]) -> Iterator[str]:
    """Yield what these fields of a reply say, however deep."""
    if isinstance(said, dict):
        for field, value in said.items():
            if field in fields and value is not None:
                yield str(value)
            yield from _values_of(value, fields)
    elif isinstance(said, list):
        for one in said:
            yield from _values_of(one, fields)
