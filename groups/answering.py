"""The part of an event's page on which one answers."""

from typing import Any

from core.visibility import Viewer
from groups.forms.answers import AnswerForm
from groups.models import Rsvp
from groups.queries import shown_answer
from groups.rules import may
from groups.ways import Ways, ways_of


def answer_part(
    viewer: Viewer, event: Any, form: AnswerForm | None = None, *, may_host: bool = False
) -> dict[str, object]:
    """Return what the part needs; `event` comes from `events_seen_by(viewer)`. Who hosts answers, and is not asked."""
    mine = shown_answer(event)
    may_answer = may_host or may(viewer, "rsvp_event", event)
    ways = Ways() if may_answer else ways_of(viewer, event.group)
    return {
        "mine": mine,
        "form": form or AnswerForm(event=event, mine=mine),
        "may_answer": may_answer,
        "ways": ways,
        "may_join": ways.may_join,
        "is_kept": event.capacity is not None and event.has_seat and _is_waiting(event),
        "is_greeting": viewer.is_authenticated and event.greeter_id == viewer.pk,
    }


def _is_waiting(event: Any) -> bool:
    """Whether the free seats are kept for those first in line."""
    return Rsvp.objects.filter(event=event).in_line().exists()
