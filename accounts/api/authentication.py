"""How a program shows who it acts for: the token of an app's session, or an access token (`accounts.asking`)."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.asking import asker_of
from accounts.models import AccessToken, User

type Known = tuple[User, object] | None


class SessionTokenAuthentication(BaseAuthentication):
    """`X-Session-Token`: the token is the session, so signing out, a new password and deactivation end it at once."""

    def authenticate(self, request: Request) -> Known:
        asker = asker_of(request._request)  # noqa: SLF001 - as the framework's own do
        return (asker.person, asker.session) if asker.person is not None and asker.token is None else None

    def authenticate_header(self, request: Request) -> str:
        """Name the scheme, so that a missing or dead token is answered with 401 and not 403."""
        return 'X-Session-Token realm="api"'


class AccessTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer mm_…`: a key that a person made for one app or script."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        asker = asker_of(request._request)  # noqa: SLF001
        if asker.is_refused:
            raise AuthenticationFailed(_("This token is not good, or not any more."))
        return (asker.token.person, asker.token) if asker.token is not None else None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class SessionTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = SessionTokenAuthentication
    name = "sessionToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-Session-Token",
            "description": "`meta.session_token` of a sign-in under `/_allauth/app/v1/`. It does what its person does.",
        }


class AccessTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = AccessTokenAuthentication
    name = "accessToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "mm_…",
            "description": (
                "A token that its person made under Settings, or with `tokens_create`. One that may `read` is refused "
                "unsafe methods (403 `token_only_reads`); none makes or ends credentials (403 `not_by_token`)."
            ),
        }
