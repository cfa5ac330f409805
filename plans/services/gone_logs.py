"""Remembering which logs were taken back, so that nothing that comes late brings one back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, Gone
from core.visibility import get_visible
from plans.models import GoneLog, SessionLog
from plans.models.gone import GoneLogQuerySet
from plans.services.log_checks import OLDEST


def remember_gone(*, person: User, uuid: UUID, now: datetime) -> None:
    """Note that the log is gone; one that was brought in again and goes again is gone since the first time."""
    GoneLog.objects.bulk_create([GoneLog(person=person, uuid=uuid, gone_at=now)], ignore_conflicts=True)


def gone_under(*, person: User, uuid: UUID) -> GoneLogQuerySet:
    return GoneLog.objects.visible_to(person).filter(uuid=uuid)


def require_not_gone(*, person: User, uuid: UUID) -> None:
    """Raise Gone for a log that the person took back."""
    if gone_under(person=person, uuid=uuid).exists():
        raise taken_back()


def require_neither_gone_nor_noted(*, person: User, uuid: UUID) -> None:
    """Raise Gone for a log that the person took back, and DomainError for one that there is: asked in one query."""
    why = gone_or_noted(person=person, uuids=[uuid]).get(uuid)
    if why is None:
        return
    if not isinstance(why, Gone):
        get_visible(SessionLog.objects.all(), person, uuid=uuid)
    raise why


def gone_or_noted(*, person: User, uuids: Collection[UUID]) -> dict[UUID, DomainError]:
    """Return, of those under which nothing new can be noted, why: taken back, or noted by whomever."""
    gone = GoneLog.objects.visible_to(person).filter(uuid__in=uuids).values_list("uuid", Value("gone"))
    noted = SessionLog.objects.filter(uuid__in=uuids).values_list("uuid", Value("noted"))
    found: dict[UUID, DomainError] = {}
    for uuid, kind in gone.union(noted):
        if kind == "gone":
            found[uuid] = taken_back()
        else:
            found.setdefault(uuid, already_noted())
    return found


def already_noted() -> DomainError:
    return DomainError("already_noted", _("This is noted already."), field="uuid")


def taken_back() -> Gone:
    return Gone("gone", _("You took this back. Note it anew if it was done after all."))


def forget_gone(*, now: datetime) -> int:
    """Delete what is older than any log that would still be taken; return how many."""
    return GoneLog.objects.gone_before(now - OLDEST).delete()[0]
