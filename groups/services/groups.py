"""Founding a group, and describing it anew."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.profile import lock_person
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from core.markdown import to_html
from core.texts import tidy_texts
from groups.models import Group, Membership, Role
from groups.services.memberships import lock_group
from groups.services.places import as_said_before, settle
from groups.services.roles import membership_of

TRIES = 5  # at an address that others of the same name take at the same moment
RESERVED = {
    "answers",
    "buddies",
    "calendar",
    "events",
    "feed",
    "invitations",
    "mine",
    "new",
    "people",
}
LINES, TEXTS = ("name", "place", "languages"), ("about", "accessibility")


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
    latitude: float | None
    longitude: float | None


def create_group(*, owner: User, now: datetime, **fields: Unpack[GroupFields]) -> Group:
    """Found a group; `owner` is its first member and owner. The same again within a minute is a double click."""
    require_good_standing(owner, now=now)
    with transaction.atomic():
        lock_person(owner)
        group = Group(owner=owner, **fields)
        tidy_texts(group, lines=LINES, texts=TEXTS)
        said = {name: getattr(group, name) for name in fields}
        if twin := as_said_before(Group.objects.filter(owner=owner), said, now=now):
            return twin
        group.about_html = to_html(group.about)
        group.created_at = now
        settle(group, place=group.place, time_zone=group.time_zone, is_said=True)
        _save_at_free_address(group)
        Membership.objects.create(group=group, person=owner, role=Role.OWNER, joined_at=now)
        return group


def change_group(*, group: Group, by: User, now: datetime, **fields: Unpack[GroupFields]) -> Group:
    """Describe a group anew, for those who host it. Its address stays, so that links do."""
    require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        if not membership_of(locked, by).is_hosting:
            raise NotPermitted("not_a_host", _("This is for those who host the group."))
        for name, value in fields.items():
            setattr(locked, name, value)
        tidy_texts(locked, lines=LINES, texts=TEXTS)
        locked.about_html = to_html(locked.about)
        settle(locked, place=locked.place, time_zone=locked.time_zone, is_said="latitude" in fields)
        locked.save()
        return locked


def _save_at_free_address(group: Group) -> None:
    """Write a new group, under another number where somebody founds one of the same name at the same moment."""
    for tries in range(TRIES, 0, -1):
        group.slug = free_slug(group.name)
        try:
            with transaction.atomic():
                group.save()
        except IntegrityError:
            if tries == 1:
                raise
        else:
            return


def free_slug(name: str) -> str:
    """Return an address made of `name`, in its own script, with a number when it is taken."""
    stem = slugify(name, allow_unicode=True)[:50].strip("-_") or "group"
    taken = set(Group.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | RESERVED
    if stem not in taken:
        return stem
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{stem}-{n}") not in taken)
