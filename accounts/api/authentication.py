"""How an app shows who it acts for: `X-Session-Token`, the token of the headless sign-in."""

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.request import Request


class SessionTokenAuthentication(XSessionTokenAuthentication):  # type: ignore[misc]
    """The token is the session: signing out, a new password and deactivation end it at once."""

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing or dead token is answered with 401 and not 403."""
        return 'X-Session-Token realm="api"'


class SessionTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SessionTokenAuthentication
    name = "sessionToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}
