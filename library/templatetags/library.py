"""Words and data of the library's pages."""

from datetime import date

from django import template

from library import help as help_lines
from library.models import HelpLine

register = template.Library()


@register.filter
def is_old(line: HelpLine, today: date) -> bool:
    """Whether the entry was last checked more than half a year ago."""
    return help_lines.is_old(line.verified_on, today)
