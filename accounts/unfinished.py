"""What was begun with one password is not finished after another: half a sign-in, and a code to reset.

Both wait in the session of somebody who is not signed in yet, so ending sessions does not reach them.
"""

from typing import cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import is_headless_request
from allauth.headless.base.response import AuthenticationResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User

SIGN_IN, RESET = "begun_sign_in", "begun_reset"  # in the session: a fingerprint of the password at the time


def begin(request: HttpRequest, step: str, person: User) -> None:
    """Note which password the person had when the step was begun."""
    request.session[step] = person.get_session_auth_hash()


def finish(request: HttpRequest, step: str, person: User) -> None:
    """Let the step end well, or start anew when the password is another by now or the account is closed."""
    begun = request.session.pop(step, None)
    if begun is None:
        return
    may_go_on = person.may_sign_in if step == SIGN_IN else person.is_active
    if may_go_on and person.has_print(begun):
        return
    request.session.flush()
    raise ImmediateHttpResponse(_anew(request))


def _anew(request: HttpRequest) -> HttpResponse:
    if is_headless_request(request):
        return cast("HttpResponse", AuthenticationResponse(request))
    return redirect("account_login")
