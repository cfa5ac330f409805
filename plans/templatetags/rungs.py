"""A rung of a ladder in words."""

from django import template

from plans.ladder import Ladder, Rung
from plans.services.own_ladders import in_words

register = template.Library()


@register.simple_tag
def rung_in_words(rung: Rung, ladder: Ladder) -> str:
    return in_words(rung.amount, ladder.unit)
