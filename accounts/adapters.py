"""How allauth reaches our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the language in which the person signed up."""
        user.language = translation.get_language() or "en"
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]
