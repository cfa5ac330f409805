"""Seats and the line in words, for templates."""

from django import template

from groups.wording import line_in_words, seats_in_words, waits_in_words

register = template.Library()
register.filter("seats_in_words", seats_in_words)
register.filter("line_in_words", line_in_words)
register.filter("waits_in_words", waits_in_words)
