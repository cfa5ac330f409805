"""How the session of an app is found by its token."""

from allauth.headless.internal.sessionkit import lookup_session
from allauth.headless.tokens.strategies.sessions import SessionTokenStrategy
from django.contrib.sessions.backends.base import SessionBase


class OneQuery(SessionTokenStrategy):  # type: ignore[misc]
    """The token is the session's key. Whether it is there is learned by reading it, not asked beforehand."""

    def lookup_session(self, session_token: str) -> SessionBase | None:
        found: SessionBase | None = lookup_session(session_token)
        return found
