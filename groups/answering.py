"""The part of an event's page on which one answers."""

from typing import Any

from core.visibility import Viewer
from groups.forms.answers import AnswerForm
from groups.queries import keeps_seats, shown_answer
from groups.rules import may
from groups.ways import Ways, ways_of


def answer_part(
    viewer: Viewer, event: Any, form: AnswerForm | None = None, *, may_host: bool = False
) -> dict[str, object]:
    """Return what the part needs; `event` comes from `events_in_full(viewer)`. Who hosts answers, and is not asked."""
    mine = shown_answer(event)
    may_answer = may_host or may(viewer, "rsvp_event", event)
    ways = Ways() if may_answer else ways_of(viewer, event.group)
    return {
        "mine": mine,
        "form": form or AnswerForm(event=event, mine=mine),
        "may_answer": may_answer,
        "ways": ways,
        "may_join": ways.may_join,
        "is_kept": keeps_seats(event),
        "is_greeting": viewer.is_authenticated and event.greeter_id == viewer.pk,
    }
