"""Words and data of the library's pages."""

from datetime import date
from typing import Any

from django import template

from library.models import HelpLine, Mechanism
from library.pages import Source
from library.schema_org import mechanism_data

register = template.Library()


@register.filter
def is_old(line: HelpLine, today: date) -> bool:
    """Whether the entry was last checked more than half a year ago."""
    return line.is_old(today)


@register.filter
def schema_org(mechanism: Mechanism, sources: list[Source]) -> dict[str, Any]:
    """The page for `linked_data`."""
    return mechanism_data(mechanism, sources)
