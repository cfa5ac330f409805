"""Limits on what one person writes: how much, how often the same, and what newcomers send ahead.

The rows themselves are counted, under a lock on their author, so two requests at once cannot pass together.
"""

from datetime import datetime, timedelta
from itertools import chain

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


def is_newcomer(membership: Membership, *, now: datetime) -> bool:
    """Whether account or membership are young; who looks after a group is known there."""
    if membership.role in MODERATING:
        return False
    is_young = now - membership.person.joined_at < YOUNG_ACCOUNT
    return is_young or now - membership.joined_at < YOUNG_MEMBERSHIP


def is_to_be_held(words: Words, membership: Membership, *, now: datetime) -> bool:
    """Whether somebody who looks after the group reads it first: links from newcomers."""
    return is_newcomer(membership, now=now) and has_link(words.text, words.text_html)


def require_calm(model: type[Post | Comment | Cheer], membership: Membership, *, now: datetime) -> None:
    """Raise TooFast when the person wrote as much as one does. Locks the person until the transaction ends."""
    person = User.objects.get_queryset().select_for_update(no_key=True).get(pk=membership.person_id)
    whose = {"person": person} if model is Cheer else {"author": person}
    limits = LIMITS_OF_NEWCOMERS if is_newcomer(membership, now=now) else LIMITS
    for span, most in zip((SHORTLY, A_DAY), limits[model], strict=True):
        if model.objects.filter(**whose, created_at__gt=now - span).count() >= most:
            raise TooFast("too_fast", _("That is a lot in a short time. Please come back to it a little later."))


def require_new(words: Words, *, now: datetime) -> None:
    """Raise DomainError when the author said the same within a day; short words only under the same post."""
    said = fingerprint(words.text)
    since = now - A_DAY
    posts = Post.objects.filter(author=words.author_id, created_at__gt=since)
    comments = Comment.objects.filter(author=words.author_id, created_at__gt=since)
    if len(said) < SHORT and isinstance(words, Comment):
        posts, comments = posts.none(), comments.filter(post=words.post_id)
    earlier = chain(posts.values_list("uuid", "text"), comments.values_list("uuid", "text"))
    if any(uuid != words.uuid and fingerprint(text) == said for uuid, text in earlier):
        raise DomainError("said_already", _("You said this today already, so it is there."))
