"""The inbox: what somebody was told, said again in the language they read now, from what is true now.

Nothing of it is stored: a message is looked up and rendered by its own kind, as its mail was. What is no longer so,
or no longer theirs to see, leaves the name of its kind and the reason.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from core.models import Addressed
from notifications import kinds, reasons
from notifications.kinds import Content, Prepare
from notifications.models import Notification
from notifications.models.outbox import NotificationQuerySet
from notifications.rendering import tell

log = logging.getLogger(__name__)

SHOWN = 15
MOST_COUNTED = 100
OF_OLD = _("A message of an earlier kind")


@dataclass(frozen=True)
class Entry:
    """One message of mine. `path` is empty when it leads nowhere any more, and then it is about nothing."""

    uuid: UUID
    kind: str
    label: Text
    title: Text
    text: Text
    path: str
    about: Addressed | None
    why: Text
    created_at: datetime
    is_read: bool

    @property
    def about_kind(self) -> str:
        return str(self.about._meta.model_name) if self.about else ""  # noqa: SLF001 - documented API

    @property
    def about_id(self) -> UUID | None:
        return self.about.uuid if self.about else None


def page_of(viewer: User, *, before: str = "", now: datetime) -> tuple[list[Entry], str]:
    """Return messages, newest first, that came before the one named `before`; and the name for the next page."""
    rows = older_than(Notification.objects.visible_to(viewer).in_inbox(), viewer, before)
    found = list(rows.order_by("-created_at", "-pk")[: SHOWN + 1])
    following = str(found[SHOWN - 1].uuid) if len(found) > SHOWN else ""
    return entries_of(found[:SHOWN], viewer, now=now), following


def older_than(rows: NotificationQuerySet, viewer: User, before: str) -> NotificationQuerySet:
    """Narrow the rows to those before the one named; a name that is none changes nothing."""
    try:
        mark = Notification.objects.visible_to(viewer).filter(uuid=UUID(before)).first() if before else None
    except ValueError:
        mark = None
    if mark is None:
        return rows
    return rows.filter(Q(created_at__lt=mark.created_at) | Q(created_at=mark.created_at, pk__lt=mark.pk))


def entries_of(notifications: Sequence[Notification], viewer: User, *, now: datetime) -> list[Entry]:
    """Return the viewer's messages in the language spoken now. What many of a kind need is asked for once."""
    for notification in notifications:
        notification.person = viewer
    with kinds.reading():
        prepare = kinds.preparing(notifications, now)
        return [_entry(notification, prepare, now) for notification in notifications]


def entry_of(notification: Notification, viewer: User, *, now: datetime) -> Entry:
    """Return one of the viewer's messages in the language spoken now."""
    return entries_of([notification], viewer, now=now)[0]


def _entry(notification: Notification, prepare: Mapping[str, Prepare], now: datetime) -> Entry:
    known = kinds.find(notification.kind)
    title, text, content = _told(notification, prepare, now)
    return Entry(
        uuid=notification.uuid,
        kind=notification.kind,
        label=label_of(notification.kind),
        title=title,
        text=text,
        path=content.path if content else "",
        about=content.about if content else None,
        why=known.why if known else "",
        created_at=notification.created_at,
        is_read=notification.seen_at is not None,
    )


def unread_count(viewer: User, now: datetime) -> int:
    """Return how many messages wait to be read, up to a hundred: one query."""
    return len(Notification.objects.visible_to(viewer).unread(now).order_by().values_list("pk")[:MOST_COUNTED])


def label_of(kind: str) -> Text:
    """Return the name of a kind, also of one that is no more."""
    known = kinds.find(kind)
    return known.label if known else OF_OLD


def _told(
    notification: Notification, prepare: Mapping[str, Prepare], now: datetime
) -> tuple[Text, Text, Content | None]:
    """Return a line, its text, and what they were made of; None when there is no more to it."""
    kind = kinds.find(notification.kind)
    if kind is None:
        return OF_OLD, reasons.in_words("unknown_kind", kind=notification.kind), None
    try:
        content = prepare[kind.name](notification, now)
        if not isinstance(content, Content):
            return kind.label, reasons.in_words(content.reason, kind=kind.name), None
        told = tell(kind, content)
    except Exception:  # whatever is wrong with one message, the others are there to be read
        log.exception("message %s could not be read", notification.uuid)
        return kind.label, reasons.in_words("error", kind=kind.name), None
    return told.title, told.text, content
