"""Founding a group."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from core.markdown import to_html
from groups.models import Group, Membership, Role

RESERVED = {"new"}  # addresses of pages beside the groups


class GroupFields(TypedDict, total=False):
    """What its people may say about a group."""

    name: str
    kind: str
    about: str
    visibility: str
    join_policy: str
    place: str
    time_zone: str
    languages: str
    effort: str
    accessibility: str


def create_group(*, owner: User, now: datetime, **fields: Unpack[GroupFields]) -> Group:
    """Found a group; `owner` is its first member and owner."""
    with transaction.atomic():
        group = Group(**fields)
        group.slug = free_slug(group.name)
        group.about_html = to_html(group.about)
        group.created_at = now
        group.save()
        Membership.objects.create(group=group, person=owner, role=Role.OWNER, joined_at=now)
        return group


def free_slug(name: str) -> str:
    """Return an address made of `name`, in its own script, with a number when it is taken."""
    stem = slugify(name, allow_unicode=True)[:50].strip("-_") or "group"
    taken = set(Group.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    if stem not in taken:
        return stem
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{stem}-{n}") not in taken)
