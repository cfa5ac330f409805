"""What a page says to somebody whose account rests."""

from typing import Any

from django import template

from accounts.models import User
from accounts.standing import rest_in_words
from core import clock

register = template.Library()


@register.inclusion_tag("components/standing.html", takes_context=True)
def standing_note(context: dict[str, Any]) -> dict[str, object]:
    """Until when the reader's account rests, and where to read why; nothing for everybody else."""
    user = context.get("user")
    return {"words": rest_in_words(user, now=clock.now()) if isinstance(user, User) else ""}
