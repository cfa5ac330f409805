"""The list of participants in words, for a file."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from groups.participants import Participant
from groups.spreadsheet import short_name


def head() -> list[str]:
    return [_("Name"), _("Answer"), _("Guests"), _("First time"), _("Quietly"), _("Was there")]


def row(one: Participant, *, has_names: bool) -> list[str]:
    """Return one person who answered. A quiet answer says so, that nobody reads it out."""
    answer, name = one.answer, str(one.person)
    return [
        name if has_names else short_name(name),
        str(answer.get_status_display()) if answer else "",
        number_format(answer.guests) if answer and answer.guests else "",
        _("yes") if answer and answer.is_first_time else "",
        _("yes") if answer and answer.is_quiet else "",
        _("yes") if one.presence else "",
    ]
