"""The editors' desk on the admin's front page: what waits, with a link to each list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import clock
from library.queues import Queue, counted


@dataclass(frozen=True)
class Waiting:
    queue: Queue
    count: int

    @property
    def address(self) -> str:
        return f"{reverse(f'admin:library_{self.queue.model._meta.model_name}_changelist')}?queue={self.queue.name}"  # noqa: SLF001

    @property
    def of(self) -> str:
        return str(self.queue.model._meta.verbose_name_plural)  # noqa: SLF001 - the documented name


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the desk for those who read drafts."""
    if request.user.has_perm("library.view_draft"):
        waiting = [Waiting(queue, count) for queue, count in counted(clock.now().date())]
        context["desk"] = [(name, list(rows)) for name, rows in groupby(waiting, key=lambda one: one.of)]
    return context
