"""How what is said in a group is shown."""

from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from core import clock
from core.moments import moment_in_words
from groups.drawing import places
from groups.wording import cheers_in_words as in_words

register = template.Library()


@register.filter
def said_at(moment: datetime) -> str:
    """An instant as the reader's clocks show it."""
    return moment_in_words(moment, timezone.get_current_timezone_name(), now=clock.now())


@register.simple_tag(takes_context=True)
def cheers_in_words(context: Context, post: Any) -> str:
    """Who cheered, beside the reader: `Mei and two others`."""
    return in_words([cheer.name for cheer in post.shown_cheers if cheer.person_id != context["user"].pk])


@register.simple_tag(takes_context=True)
def has_cheered(context: Context, post: Any) -> bool:
    return any(cheer.person_id == context["user"].pk for cheer in post.shown_cheers)


@register.inclusion_tag("groups/feed/place.html")
def drawn_place(seed: object, *, small: bool = False) -> dict[str, object]:
    """A small landscape for a group without a picture: decoration, the same for the same group."""
    width = places.SMALL if small else places.WIDE
    return {"kind": "group-thumb" if small else "group-picture", "width": width, **places.place(str(seed), width)}
