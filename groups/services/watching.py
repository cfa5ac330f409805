"""Looking after what is said in a group: letting through, hiding, showing again, pinning."""

from datetime import datetime
from typing import Any, Literal, cast

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import InvalidInput, NotPermitted
from core.visibility import get_still
from groups.models import Comment, Membership, Post
from moderation.models import ActionLog, Decision

type Act = Literal["let_through", "hide", "show"]
ACTS = ("let_through", "hide", "show")


@transaction.atomic
def look_after(*, words: Post | Comment, person: User, act: str, now: datetime) -> Post | Comment:
    """Let through what is held, hide, or show again; for who looks after the group. Again changes nothing.

    Return the words as they are then. What the site's moderators hid stays hidden until they take that back.
    """
    if act not in ACTS:
        raise InvalidInput("unknown_act", _("Choose what to do with it."), field="act")
    locked = _locked_for_moderator(words, person)
    before = (locked.held_at, locked.hidden_at)
    if act == "hide":
        locked.held_at, locked.hidden_at = None, locked.hidden_at or now
    elif act == "let_through":
        locked.held_at = None
    else:
        _require_not_decided(locked)
        locked.hidden_at = None
    if (locked.held_at, locked.hidden_at) == before:
        return locked
    locked.save(update_fields=["held_at", "hidden_at"])
    kind = "post" if isinstance(locked, Post) else "comment"
    ActionLog.objects.create(at=now, actor=person.uuid, act=f"group_{act}", about_kind=kind, about_id=locked.uuid)
    return locked


@transaction.atomic
def pin(*, post: Post, person: User, is_on: bool, now: datetime) -> datetime | None:
    """Keep a post on top, or no longer; hosts only. Return since when it stands there."""
    if not Membership.objects.hosting().filter(group=post.group_id, person=person).exists():
        raise NotPermitted("not_a_host", _("Hosts choose what stays on top."))
    locked = get_still(Post.objects.select_for_update(no_key=True), post)
    locked.pinned_at = (locked.pinned_at or now) if is_on else None
    locked.save(update_fields=["pinned_at"])
    return locked.pinned_at


def _locked_for_moderator(words: Post | Comment, person: User) -> Post | Comment:
    """Return the row as it is now, locked, for somebody who looks after its group: asked in one."""
    rows: Any = type(words).objects.select_for_update(no_key=True, of=("self",))
    watching = Membership.objects.moderating().filter(group=OuterRef(rows.group_of), person=person)
    locked = get_still(rows.annotate(is_watched=Exists(watching)), words)
    if not locked.is_watched:
        raise NotPermitted("not_a_moderator", _("Those who look after the group do this."))
    return cast("Post | Comment", locked)


def _require_not_decided(words: Post | Comment) -> None:
    if Decision.objects.filter(about_id=words.uuid, act=Decision.Act.HIDE, undone_at=None).exists():
        raise NotPermitted("decided", _("The site's moderators hid this, and can show it again."))
