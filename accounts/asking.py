"""Who is asking the API, looked up once a request: a program with a token, an app with its session, or a browser."""

from dataclasses import dataclass
from typing import cast

from allauth.core.internal.sessionkit import get_session_user
from allauth.headless.internal.sessionkit import lookup_session
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts.models import AccessToken, User
from accounts.services.tokens import token_of
from accounts.sessions import person_of
from core import clock

SESSION, BEARER = "X-Session-Token", "bearer"


@dataclass(frozen=True)
class Asker:
    """`person` is None where no header names one; `is_refused`: one does, and is good no more."""

    person: User | None = None
    token: AccessToken | None = None
    session: SessionBase | None = None
    is_refused: bool = False


def asker_of(request: HttpRequest) -> Asker:
    """Return who the request's headers say is asking. A token of either kind is asked before a cookie."""
    found = getattr(request, "_asker", None)
    if found is None:
        found = _look_up(request)
        request._asker = found  # type: ignore[attr-defined] # noqa: SLF001 - ours, on the request that it is about
    return cast("Asker", found)


def _look_up(request: HttpRequest) -> Asker:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == BEARER:
        token = token_of(secret.strip(), now=clock.now())
        return Asker(token.person, token) if token else Asker(is_refused=True)
    if key := request.headers.get(SESSION):
        session = lookup_session(key)
        person = session and (person_of(session) or get_session_user(session))
        return Asker(person, session=session) if person else Asker()
    return Asker()
