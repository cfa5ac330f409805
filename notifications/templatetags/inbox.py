"""How many messages wait to be read, for the head of every page."""

from django import template
from django.http import HttpRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_messages(context: template.Context) -> int:
    """Return how many messages of the signed-in person wait, as it was noted when one came or was read: no query."""
    request: HttpRequest | None = context.get("request")
    return getattr(request.user, "unread_messages", 0) if request is not None else 0
