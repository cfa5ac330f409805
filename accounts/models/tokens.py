"""Keys that a person gives to an app or a script of theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from core.models import Addressed
from core.visibility import OwnQuerySet


class AccessTokenQuerySet(OwnQuerySet["AccessToken"]):
    def answering(self, token_hash: str, now: datetime) -> Self:
        """Return the token of a secret with its person, as long as neither is over. One query."""
        is_open = Q(person__is_active=True, person__banned_at=None)
        return self.lasting(now).filter(is_open, token_hash=token_hash).select_related("person")

    def lasting(self, now: datetime) -> Self:
        """Return those that are neither taken back nor expired."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class AccessToken(Addressed):
    """What an app or a script shows in place of a password. The secret is told once and kept as a hash.

    `bound_to` is a fingerprint of the password that the person had: like a session, a token is over with a new
    password, through whatever door it comes.
    """

    class Kind(models.TextChoices):
        APP = "app", _("an app on a device")
        SCRIPT = "script", _("a script of mine")

    class Scope(models.TextChoices):
        READ = "read", _("read what I can read")
        WRITE = "write", _("read, and do what I can do")

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("what uses it"), max_length=10, choices=Kind.choices, default=Kind.APP)
    scope = models.CharField(_("what it may do"), max_length=10, choices=Scope.choices, default=Scope.READ)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    bound_to = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        indexes = [models.Index(fields=["person"], condition=Q(revoked_at=None), name="token_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="token_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_write(self) -> bool:
        return self.scope == self.Scope.WRITE

    def is_bound_to(self, person: User) -> bool:
        """Whether the person has the password that they had when they made it."""
        return person.has_print(self.bound_to)
