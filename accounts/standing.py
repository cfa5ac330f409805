"""Whether somebody may take part: write, ask, answer. Reading and leaving are always theirs."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotPermitted
from core.moments import moment_in_words


def require_good_standing(person: User, *, now: datetime) -> None:
    """Raise NotPermitted while the person is suspended, or when they are banned."""
    if person.banned_at is not None:
        raise NotPermitted("banned", _("This account is closed."))
    if person.is_suspended(now):
        raise NotPermitted("suspended", rest_in_words(person, now=now))


def rest_in_words(person: User, *, now: datetime) -> str:
    """Return until when the account rests, by the person's own clock; empty when it does not."""
    if person.suspended_until is None or not person.is_suspended(now):
        return ""
    words = _("Your account rests until %(moment)s. You can read and leave, but not take part.")
    return words % {"moment": moment_in_words(person.suspended_until, person.time_zone, now=now)}
