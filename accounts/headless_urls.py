"""The doors for apps: exactly these of allauth's headless API, under `/_allauth/app/v1/`.

What is not named here (phone numbers, token refresh) is not offered.
"""

from collections.abc import Iterator

from allauth.headless import urls as allauth_urls
from django.urls import URLPattern, URLResolver, include, path

FOR_SIGNING_IN = {
    "current_session",
    "reauthenticate",
    "signup",
    "verify_email",
    "resend_email_verification_code",
    "login",
    "request_password_reset",
    "reset_password",
    "config",
    "authenticate",  # the second factor, of a sign-in
}
OF_AN_ACCOUNT = {
    "change_password",
    "manage_email",
    "sessions",
    "authenticators",
    "manage_totp",
    "manage_recovery_codes",
}
OFFERED = FOR_SIGNING_IN | OF_AN_ACCOUNT

NOT_OFFERED = {"tokens"}  # a whole room of it

app_name = "headless"


def _offered(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """Yield the offered patterns, inside the namespaces that they have."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name in OFFERED:
                yield pattern
        elif pattern.namespace not in NOT_OFFERED and (kept := list(_offered(pattern.url_patterns))):
            space = (kept, pattern.app_name or "")
            inner = include(space, namespace=pattern.namespace) if pattern.namespace else include(kept)
            yield path(str(pattern.pattern), inner)


urlpatterns = list(_offered(allauth_urls.urlpatterns))
