"""Limits on what one person writes: how much, how often the same, and what newcomers send ahead.

The rows themselves are counted, under a lock on their author, so two requests at once cannot pass together.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, TooFast
from groups.links import fingerprint, has_link
from groups.models import Cheer, Comment, Membership, Post
from groups.models.feed import Words
from groups.models.memberships import MODERATING

YOUNG_ACCOUNT = timedelta(days=7)
YOUNG_MEMBERSHIP = timedelta(days=2)
SHORTLY, A_DAY = timedelta(minutes=10), timedelta(days=1)
LIMITS = {Post: (5, 30), Comment: (20, 200), Cheer: (60, 600)}  # shortly, a day
LIMITS_OF_NEWCOMERS = {Post: (2, 6), Comment: (6, 40), Cheer: (20, 100)}
SHORT = 20  # letters: a “thank you” may be said to many


class Said(NamedTuple):
    """What somebody wrote within a day: a Post or a Comment, which stands under a `post`."""

    uuid: UUID
    text: str
    created_at: datetime
    post_id: int | None
    is_comment: bool


def is_newcomer(membership: Membership, *, now: datetime) -> bool:
    """Whether account or membership are young; who looks after a group is known there."""
    if membership.role in MODERATING:
        return False
    is_young = now - membership.person.joined_at < YOUNG_ACCOUNT
    return is_young or now - membership.joined_at < YOUNG_MEMBERSHIP


def is_to_be_held(words: Words, membership: Membership, *, now: datetime) -> bool:
    """Whether somebody who looks after the group reads it first: links from newcomers."""
    return is_newcomer(membership, now=now) and has_link(words.text, words.text_html)


def said_today(author: User, *, now: datetime) -> list[Said]:
    """Return what the person wrote within a day, with no more of it than the limits ask for, in one query."""
    mine = {"author": author, "created_at__gt": now - A_DAY}
    columns = ("uuid", "text", "created_at")
    posts = Post.objects.filter(**mine).values_list(*columns, Value(None, BigIntegerField()), Value(0))
    both = posts.union(Comment.objects.filter(**mine).values_list(*columns, "post_id", Value(1)), all=True)
    return [Said(uuid, text, at, post, bool(is_comment)) for uuid, text, at, post, is_comment in both]


def require_calm(
    membership: Membership, instants: Iterable[datetime], new: type[Post | Comment | Cheer], *, now: datetime
) -> None:
    """Raise TooFast when as many `new` were written at these `instants` of a day as one writes.

    The caller holds the lock on the membership's person.
    """
    instants = list(instants)
    limits = LIMITS_OF_NEWCOMERS if is_newcomer(membership, now=now) else LIMITS
    for span, most in zip((SHORTLY, A_DAY), limits[new], strict=True):
        if sum(instant > now - span for instant in instants) >= most:
            raise TooFast("too_fast", _("That is a lot in a short time. Please come back to it a little later."))


def require_new(words: Words, written: Iterable[Said]) -> None:
    """Raise DomainError when the same was `written` within a day; short words only under the same post."""
    said = fingerprint(words.text)
    if len(said) < SHORT and isinstance(words, Comment):
        written = [one for one in written if one.is_comment and one.post_id == words.post_id]
    if any(one.uuid != words.uuid and fingerprint(one.text) == said for one in written):
        raise DomainError("said_already", _("You said this today already, so it is there."))
