"""Who else knows of a member's own plan. Rooms above register how they share plans; `seen_by` asks here.

A source returns the keys of the plans shared with a viewer, as one query to be put into another. So what
is no longer shared is hidden from that moment on, everywhere.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from core.visibility import Viewer

type Source = Callable[[Viewer], QuerySet[Any, Any]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Make a way of sharing known; called from `AppConfig.ready`."""
    if source not in _sources:
        _sources.append(source)


def shared_with(viewer: Viewer, path: str = "") -> Q:
    """Return the condition on plans shared with the viewer; `path` leads to the plan, as in `week__template__`."""
    found = Q(pk__in=[])
    if viewer.is_authenticated:
        for source in _sources:
            found |= Q(**{f"{path}pk__in": source(viewer), f"{path}is_published": True})
    return found
