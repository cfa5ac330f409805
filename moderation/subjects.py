"""What can be reported. Apps above register their kinds; this app only knows how to look after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from core.errors import Text
from core.visibility import Viewer, VisibilityQuerySet, get_visible


@dataclass(frozen=True)
class Subject:
    """A kind of thing that can be reported.

    `label` names it with its article (“a post”), `yours` as it is named to whom it concerns (“a post of yours”).
    `rows`: all of them, for moderators. `seen_by(viewer)`: those that the viewer may report; `rows` as they may see
    them unless something narrower is said. `person_of` says whom it concerns, `excerpt_of` what it says,
    `url_of` where it stands. `words_of` says what of it is the person's alone, and tells nothing of where it stands.
    `hide` takes it from everybody's sight and `show` brings it back, None where that cannot be. `goes_with_person`:
    it is hidden too when its person is suspended or banned for it.
    """

    kind: str
    label: Text
    yours: Text
    rows: Callable[[], VisibilityQuerySet[Any]]
    person_of: Callable[[Any], User | None]
    excerpt_of: Callable[[Any], str]
    url_of: Callable[[Any], str]
    seen_by: Callable[[Viewer], VisibilityQuerySet[Any]] | None = None
    hide: Callable[[Any, datetime], None] | None = None
    show: Callable[[Any], None] | None = None
    words_of: Callable[[Any], str] | None = None
    goes_with_person: bool = False

    def find(self, viewer: Viewer, uuid: UUID) -> Any:
        """Return the row as the viewer may report it, or raise 404 as if it had never existed."""
        rows = self.rows().visible_to(viewer) if self.seen_by is None else self.seen_by(viewer)
        return get_visible(rows, viewer, uuid=uuid)

    def look_up(self, uuid: UUID) -> Any | None:
        """Return the row for a moderator, or None when it is no more."""
        return self.rows().filter(uuid=uuid).first()


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind reportable; called from `AppConfig.ready` of the app that owns it."""
    _subjects[subject.kind] = subject


def find_kind(kind: str) -> Subject | None:
    return _subjects.get(kind)


def kind_or_404(kind: str) -> Subject:
    """Return the kind, or raise 404: the address names something that cannot be reported."""
    if kind not in _subjects:
        raise Http404
    return _subjects[kind]


def all_kinds() -> list[str]:
    return sorted(_subjects)


def label_of(kind: str) -> Text:
    """Return how to name a kind, also one that no longer exists."""
    known = _subjects.get(kind)
    return known.label if known else kind


def yours_of(kind: str) -> Text:
    known = _subjects.get(kind)
    return known.yours if known else kind
