"""Who may sign in: whoever has an open account, and whoever is about to lose theirs, to keep it after all."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import User


class LeavingToo(AuthenticationBackend):  # type: ignore[misc]
    """The account of somebody who is leaving is closed (`is_active`) everywhere; they alone find its one page."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.may_sign_in
