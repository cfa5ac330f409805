"""What a log form starts with: the step that was asked for, or the log as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from core.visibility import get_visible
from plans.models import Enrollment, Session, SessionLog


@dataclass(frozen=True)
class Asked:
    """The step of a plan that is being noted; nothing for something outside a plan."""

    enrollment: Enrollment | None = None
    session: Session | None = None
    is_floor: bool = False


def step_asked_for(person: User, query: Mapping[str, str]) -> Asked:
    """Return the step named in the address. Somebody else's, or one that is hidden, is a 404."""
    enrollment = session = None
    if uuid := query.get("enrollment"):
        enrollment = get_visible(Enrollment.objects.select_related("template"), person, uuid=_uuid(uuid))
    if pk := query.get("session"):
        sessions = Session.objects.with_reasons(person).select_related("week")
        session = get_visible(sessions, person, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else None)  # noqa: PLR2004
    return Asked(enrollment=enrollment, session=session, is_floor="floor" in query)


def from_step(asked: Asked) -> dict[str, Any]:
    if (session := asked.session) is None:
        return {}
    return {
        "exercise_type": session.exercise_type.slug,
        "minutes": session.floor_minutes if asked.is_floor else session.minutes,
        "intensity": session.intensity,
        "is_floor": asked.is_floor,
    }


def from_log(log: SessionLog) -> dict[str, Any]:
    columns = ("uuid", "minutes", "intensity", "is_floor", "setting", "company")
    moods = {f"mood_{mood.moment}": mood.value for mood in log.shown_moods}
    found = {name: getattr(log, name) for name in columns}
    words = {name: getattr(log.reflection, name, None) for name in ("mastery", "pleasure", "note")}
    return {**found, **moods, **words, "exercise_type": log.exercise_type.slug}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
