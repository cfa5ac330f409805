"""Whether somebody has just shown that it is them: the password again, or a second factor, in this session."""

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotPermitted


def require_fresh(person: User, session: SessionBase) -> None:
    """Raise NotPermitted unless the person of this session has shown within minutes that it is them."""
    asked = HttpRequest()
    asked.user, asked.session = person, session
    if not did_recently_reauthenticate(asked):
        raise NotPermitted("reauthenticate", _("Please give your password once more, then try again."))
