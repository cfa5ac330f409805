"""Sessions of browsers and apps, each with whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.visibility import OwnQuerySet

if TYPE_CHECKING:
    from accounts.sessions import SessionStore


class AccountSessionQuerySet(OwnQuerySet["AccountSession"]):
    is_scoped = True  # read by its key, which nobody else has


class AccountSessionManager(BaseSessionManager["AccountSession"].from_queryset(AccountSessionQuerySet)):  # type: ignore[misc]
    """Sessions as rows; with their person they are read by `accounts.sessions`."""


class AccountSession(AbstractBaseSession):
    """What a browser or an app is signed in with; `person` is None for a visitor's.

    It may be written while its person is being deleted: whose person is gone is nobody's (no constraint).
    """

    person = models.ForeignKey(
        User, models.CASCADE, null=True, db_constraint=False, related_name="+", verbose_name=_("person")
    )

    objects: ClassVar[AccountSessionManager] = AccountSessionManager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        from accounts.sessions import SessionStore  # noqa: PLC0415 - it needs this model

        return SessionStore
