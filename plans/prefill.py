"""What a log form starts with: the step that was asked for or begun, or the log as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.models import User
from core.visibility import get_visible
from plans.models import Beginning, Enrollment, Session, SessionLog


@dataclass(frozen=True)
class Asked:
    """The step of a plan that is being noted; nothing for something outside a plan.

    `noted` is the log, where what was begun has become one already.
    """

    enrollment: Enrollment | None = None
    session: Session | None = None
    is_floor: bool = False
    beginning: Beginning | None = None
    noted: SessionLog | None = None

    @property
    def is_step(self) -> bool:
        return self.session is not None or self.beginning is not None

    @property
    def is_free(self) -> bool:
        return not self.is_step


def step_asked_for(person: User, query: Mapping[str, str]) -> Asked:
    """Return the step named in the address. Somebody else's, or one that is hidden, is a 404."""
    if uuid := query.get("beginning"):
        return _begun(person, _uuid(uuid))
    enrollment = session = None
    if uuid := query.get("enrollment"):
        enrollment = get_visible(Enrollment.objects.select_related("template"), person, uuid=_uuid(uuid))
    if pk := query.get("session"):
        sessions = Session.objects.with_reasons(person).select_related("week__template")
        session = get_visible(sessions, person, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else None)  # noqa: PLR2004
    return Asked(enrollment=enrollment, session=session, is_floor="floor" in query)


def _begun(person: User, uuid: UUID | None) -> Asked:
    begun = Beginning.objects.visible_to(person).with_step().filter(uuid__in=[uuid] if uuid else []).first()
    if begun is None:
        return Asked(noted=get_visible(SessionLog.objects.all(), person, uuid=uuid))
    steps = (
        Session.objects.visible_to(person)
        .with_reasons(person)
        .filter(pk__in=[begun.session_id] if begun.session_id else [])
    )
    return Asked(
        enrollment=begun.enrollment,
        session=steps.first(),  # a plan that is withdrawn meanwhile shows no words
        is_floor=begun.is_floor,
        beginning=begun,
    )


def from_asked(asked: Asked, *, now: datetime, was_yesterday: bool = False) -> dict[str, Any]:
    """Return what stands in the form at first. Nothing of how it felt: that is said, not supposed."""
    if asked.is_free:
        return {"done_at": now - timedelta(days=was_yesterday)}
    found: dict[str, Any] = {"is_floor": asked.is_floor}
    if session := asked.session:
        found |= {"exercise_type": session.exercise_type.slug, "intensity": session.intensity}
        found["minutes"] = session.floor_minutes if asked.is_floor else session.minutes
    if begun := asked.beginning:  # its minutes are counted when it is sent
        found |= {"uuid": begun.uuid, "exercise_type": begun.exercise_type.slug, "minutes": None}
        found["mood_before"] = begun.mood_before
    return found


def from_log(log: SessionLog) -> dict[str, Any]:
    columns = ("uuid", "minutes", "intensity", "is_floor", "setting", "company", "title", "done_at")
    moods = {f"mood_{mood.moment}": mood.value for mood in log.shown_moods}
    found = {name: getattr(log, name) for name in columns}
    words = {name: getattr(log.reflection, name, None) for name in ("mastery", "pleasure", "note")}
    return {**found, **moods, **words, "distance_km": log.distance_km, "exercise_type": log.exercise_type.slug}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
