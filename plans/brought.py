"""What was brought in from a file, on its way from the upload to the log form: signed, and stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.core import signing

from accounts.models import User
from plans.imports.effort import effort_of
from plans.imports.summary import Summary

SALT = "plans.brought"
GOOD_FOR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A summary under the name of its file. The heart rate has become a word, or nothing, and is gone."""

    person: UUID
    source: str
    external_id: str  # the file's SHA-256
    started_at: datetime
    minutes: int
    distance_m: int | None
    kind: str
    intensity: str

    @property
    def uuid(self) -> UUID:
        """The same file of the same person is the same log."""
        return uuid5(self.person, self.external_id)

    @property
    def done_at(self) -> datetime:
        return self.started_at + timedelta(minutes=self.minutes)

    @property
    def kilometres(self) -> float | None:
        return self.distance_m / 1000 if self.distance_m else None

    def initial(self) -> dict[str, Any]:
        """Return what the log form starts with; a form takes the fields that it has."""
        values = {
            "uuid": self.uuid,
            "minutes": self.minutes,
            "done_at": self.done_at,
            "distance_km": self.kilometres,
            "exercise_type": self.kind,
            "intensity": self.intensity,
        }
        return {name: value for name, value in values.items() if value}


def bring(person: User, data: bytes, summary: Summary, age: int | None) -> Brought:
    return Brought(
        person=person.uuid,
        source=summary.source,
        external_id=sha256(data).hexdigest(),
        started_at=summary.started_at,
        minutes=summary.minutes,
        distance_m=summary.distance_m,
        kind=summary.kind,
        intensity=effort_of(summary.average_heart_rate, age),
    )


def as_token(brought: Brought) -> str:
    values = {**vars(brought), "person": str(brought.person), "started_at": brought.started_at.isoformat()}
    return signing.dumps(values, salt=SALT, compress=True)


def from_token(person: User, token: str) -> Brought | None:
    """Return what was brought, if this person brought it within a day."""
    try:
        values = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    started_at = datetime.fromisoformat(values.pop("started_at"))
    brought = Brought(**{**values, "person": UUID(values["person"]), "started_at": started_at})
    return brought if brought.person == person.uuid else None
