"""What groups tell their members of what is said: announcements, and nothing else."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.markdown import to_text
from groups.models import Post
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification

STILL_NEWS = timedelta(days=3)


def prepare_announcement(notification: Notification, now: datetime) -> Content | Hold:
    """The words as they stand now, for who may still read them."""
    found = Post.objects.visible_to(notification.person).select_related("group", "author")
    post = found.filter(uuid=notification.about_id).first()
    if post is None:
        return Hold("not_visible")
    if not post.is_shown or not post.is_announcement:
        return Hold("taken_back")
    if now - post.created_at > STILL_NEWS:
        return Hold("old_news")
    said = {"group": post.group.name, "author": str(post.author), "text": to_text(post.text)}
    return Content(said, post.get_absolute_url(), about=post)


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    register(
        Kind(
            name="group_announcement",
            label=_("Announcements of your groups"),
            template="groups/mail/group_announcement",
            prepare=prepare_announcement,
            why=_("You are in this group."),
            held={
                "not_visible": _("It was taken back, or is no longer open to you."),
                "taken_back": _("It was taken back."),
                "old_news": _("It was some days old by then."),
            },
        )
    )
