"""How allauth reaches our people."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.core.ratelimit import respond_429
from allauth.headless.adapter import DefaultHeadlessAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts import unfinished
from accounts.addresses import welcome_before
from accounts.models import User
from accounts.services.credentials import end_sessions, end_with_password
from core import clock

RESET_MAIL = "account/email/password_reset_code"
logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not go together."),
        "incorrect_code": _("This is not the code from the mail."),
        "incorrect_password": _("This is not your current password."),
        "enter_current_password": _("Please give your current password."),
        "too_many_login_attempts": _("Too many tries for now. Please wait a few minutes, then try again."),
        "rate_limited": _("That was a little fast. Please wait a moment, then try again."),
        "same_as_current": _("This is the address you already use."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        """Keep the language in which the person signed up.

        Whoever comes second with an address, at the same moment (a double tap, mostly), has to wait, and mails nobody.
        """
        user.language = translation.get_language() or "en"
        user = super().save_user(request, user, form, commit=False)
        if commit:
            try:
                with transaction.atomic():
                    user.save()
            except IntegrityError as error:
                raise ImmediateHttpResponse(respond_429(request)) from error
        return user

    def clean_email(self, email: str) -> str:
        return email.strip().lower()

    def pre_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse | None:
        unfinished.begin(request, unfinished.SIGN_IN, user)
        if user.may_sign_in:
            return None  # the library asks no more than that the account is open
        return super().pre_login(request, user, **hook)  # type: ignore[no-any-return]

    def login(self, request: HttpRequest, user: User) -> None:
        unfinished.finish(request, unfinished.SIGN_IN, user)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **hook: Any) -> HttpResponse:
        """Newcomers are welcomed first, and then led to the page that they came from."""
        if not user.is_welcomed:
            redirect_url = welcome_before(redirect_url or "")
        return super().post_login(request, user, redirect_url=redirect_url, **hook)  # type: ignore[no-any-return]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """End what the old password opened, but the session in which it is changed."""
        if self.request is not None:
            unfinished.finish(self.request, unfinished.RESET, user)
        super().set_password(user, password)
        is_own = self.request is not None and self.request.user.pk == user.pk
        end_with_password(person=user, kept=self.request.session if is_own else None, now=clock.now())

    # Mails ---------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the recipient's language. A mail server that is away stops nobody: the page offers to send again."""
        person = context.get("user") or User.objects.filter(email=email.lower()).first()
        if template_prefix == RESET_MAIL and person is not None:
            unfinished.begin(self.request, unfinished.RESET, person)
        language = person.language if person else translation.get_language()
        extra = {"site_name": settings.SITE_NAME, "site_origin": settings.SITE_ORIGIN, "language": language}
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, extra | context)
        except (OSError, SMTPException):
            logger.exception("mail %s was not sent", template_prefix)
            text = _("The mail could not be sent right now. Please try again in a few minutes.")
            self.add_message(self.request, messages.WARNING, message=text)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Spend the time that hashing a newcomer's password takes, so that both answers take equally long."""
        make_password(get_random_string(16))
        super().send_account_already_exists_mail(email)

    # Guessing ------------------------------------------------------------------------------------
    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count per account and address: a stranger who guesses does not lock the owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Beside the limit per address, one per account for guessing from many; a password reset lifts it."""
        super().pre_authenticate(request, **credentials)
        self._account_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed_account", key=_account_key(credentials)
        )
        if not self._account_usage:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if usage := getattr(self, "_account_usage", None):
            usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, app="allauth.account", action="login_failed_account", key=_account_key(credentials))


def _account_key(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).lower()


class HeadlessAdapter(DefaultHeadlessAdapter):  # type: ignore[misc]
    """Phones know a person by UUID; row numbers stay inside."""

    def serialize_user(self, user: User) -> dict[str, Any]:
        return {
            "id": str(user.uuid),
            "display": str(user),
            "email": user.email,
            "is_welcomed": user.is_welcomed,
            "erase_at": user.erase_at,
            "has_usable_password": user.has_usable_password(),
        }


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Signing out elsewhere ends what hangs on those sessions too."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        end_sessions(sessions, now=clock.now())
