"""The editors' desk on the admin's front page: what waits, with a link to each list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from core import clock
from library.queues import OTHERS, TRANSLATION, Queue, counted


@dataclass(frozen=True)
class Waiting:
    """A line of the desk."""

    queue: Queue
    count: int

    @property
    def address(self) -> str:
        model = self.queue.model._meta.model_name  # noqa: SLF001 - the documented name
        return f"{reverse(f'admin:library_{model}_changelist')}?queue={self.queue.name}"

    @property
    def is_alone(self) -> bool:
        """Whether it is the only queue of its kind; such ones share a box."""
        return self.queue.model in OTHERS

    @property
    def box(self) -> str:
        return capfirst(str(TRANSLATION) if self.is_alone else self.queue.kind)

    @property
    def label(self) -> str:
        return capfirst(self.queue.kind if self.is_alone else str(self.queue.label))


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the desk for those who read drafts."""
    if request.user.has_perm("library.view_draft"):
        boxes: dict[str, list[Waiting]] = {}
        for queue, count in counted(clock.now().date()):
            line = Waiting(queue, count)
            boxes.setdefault(line.box, []).append(line)
        context["desk"] = boxes
    return context
