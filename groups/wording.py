"""Seats, lines and answers as one says them."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from groups.models import Event, Rsvp
from groups.queries import name_of_greeter


def count_in_words(number: int) -> str:
    """Return the number of seats as a word up to twelve, in digits beyond."""
    words = [
        pgettext("number of seats", "no"),
        pgettext("number of seats", "one"),
        pgettext("number of seats", "two"),
        pgettext("number of seats", "three"),
        pgettext("number of seats", "four"),
        pgettext("number of seats", "five"),
        pgettext("number of seats", "six"),
        pgettext("number of seats", "seven"),
        pgettext("number of seats", "eight"),
        pgettext("number of seats", "nine"),
        pgettext("number of seats", "ten"),
        pgettext("number of seats", "eleven"),
        pgettext("number of seats", "twelve"),
    ]
    return words[number] if number < len(words) else str(number)


def seats_in_words(event: Event) -> str:
    """Return e.g. `Two of twelve seats left.`"""
    if event.capacity is None or event.seats_left is None:
        return _("There is room for everybody.")
    if event.seats_left == 0:
        taken = ngettext("The one seat is taken.", "All %(seats)s seats are taken.", event.capacity)
        return taken % {"seats": count_in_words(event.capacity)}
    left = ngettext("%(left)s of %(seats)s seat left.", "%(left)s of %(seats)s seats left.", event.capacity)
    words = left % {"left": count_in_words(event.seats_left), "seats": count_in_words(event.capacity)}
    return capfirst(words)


def line_in_words(position: int) -> str:
    """Return e.g. `You are third in line.`"""
    words = [
        _("You are first in line."),
        _("You are second in line."),
        _("You are third in line."),
        _("You are fourth in line."),
        _("You are fifth in line."),
        _("You are sixth in line."),
        _("You are seventh in line."),
        _("You are eighth in line."),
        _("You are ninth in line."),
        _("You are tenth in line."),
    ]
    if position <= len(words):
        return words[position - 1]
    return _("You are number %(position)s in line.") % {"position": position}


def waits_in_words(answer: Rsvp) -> str:
    """Return for how many seats somebody in line waits, or nothing when it is their own alone."""
    if answer.guests == 0:
        return ""
    return _("You wait for %(seats)s seats together.") % {"seats": count_in_words(answer.seats)}


def who_looks_out(event: Any) -> str:
    """Return who looks out for somebody who comes for the first time, as the viewer may know it."""
    name = name_of_greeter(event)
    if name is None:
        return _("The hosts will look out for you.")
    return _("%(name)s greets newcomers and will look out for you.") % {"name": name}


def answer_in_words(answer: Rsvp, *, before: str, position: int | None) -> str:
    """Return what to say to an answer; `before` is the status that it replaces, or nothing."""
    if answer.status == Rsvp.Status.GOING and answer.guests:
        return _("You have seats for all of you. Good to have you along.")
    if answer.status == Rsvp.Status.GOING:
        return _("You have a seat. Good to have you along.")
    if position is not None:
        return f"{line_in_words(position)} {waits_in_words(answer)}".strip()
    if before == Rsvp.Status.GOING:
        return _("Thank you, somebody else gets to come.")
    if answer.status == Rsvp.Status.MAYBE:
        return _("Maybe is a fine answer. You can change it until it starts.")
    return _("Thank you for saying so.")


def cheers_in_words(names: Sequence[str]) -> str:
    """Return who says so too, e.g. `Mei and two others`; nothing for nobody."""
    if not names:
        return ""
    if len(names) == 1:
        return _("%(name)s says so") % {"name": names[0]}
    if len(names) == 2:  # noqa: PLR2004
        return _("%(name)s and %(other)s say so") % {"name": names[0], "other": names[1]}
    return _("%(name)s and %(count)s others say so") % {"name": names[0], "count": count_in_words(len(names) - 1)}
