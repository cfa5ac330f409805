"""The one way into the log of acts."""

from datetime import datetime
from uuid import UUID

from accounts.models import User
from moderation.models import ActionLog


def note(*, act: str, by: User | None, about_kind: str, about_id: UUID, now: datetime) -> None:
    """Add a line; `by` None where nobody may learn from the log who it was."""
    actor = by.uuid if by is not None else None
    ActionLog.objects.create(at=now, actor=actor, act=act, about_kind=about_kind, about_id=about_id)
