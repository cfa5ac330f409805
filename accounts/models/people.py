"""The person: who they are and how they want to be spoken to."""

from __future__ import annotations

import uuid
from datetime import datetime, time
from typing import Any, ClassVar, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group as PermissionGroup
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts.models.blocks import Block
from core import clock
from core.visibility import Viewer, VisibilityQuerySet


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(_("This is not a known time zone."), code="time_zone")


def seen(unseen: Any, path: str = "") -> Q:
    """Return the condition on people of whom somebody may know: active, none of `unseen` (ids, or a query for them).

    `path` leads from the row that is asked to its person: `"author__"`.
    """
    return Q(**{f"{path}is_active": True}) & ~Q(**{f"{path}pk__in": unseen})


def named(display_name: str) -> str:
    """Return the name to show for somebody, who need not have given one."""
    return display_name or str(_("somebody new"))


class UserQuerySet(VisibilityQuerySet["User"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Active people, without those who blocked the viewer or whom the viewer blocked."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(seen(Block.objects.others_of(viewer)))


class UserManager(BaseUserManager["User"]):
    """Creates accounts; addresses are kept in lower case, one account each."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, viewer: Viewer) -> UserQuerySet:
        return self.get_queryset().visible_to(viewer)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Times of day are wall-clock times in `time_zone`."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    first_weekday = models.PositiveSmallIntegerField(
        _("first day of the week"), choices=Weekday.choices, default=Weekday.MONDAY
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(21, 30))
    quiet_until = models.TimeField(_("quiet until"), default=time(7, 0))
    weekly_target_minutes = models.PositiveSmallIntegerField(
        _("weekly target in minutes"), default=150, validators=[MinValueValidator(10), MaxValueValidator(1000)]
    )
    hides_numbers = models.BooleanField(_("hide numbers"), default=False, db_default=False)
    weekly_message_budget = models.PositiveSmallIntegerField(
        _("reminders a week at most"), default=14, validators=[MaxValueValidator(50)]
    )
    unread_messages = models.PositiveSmallIntegerField(_("unread messages"), default=0, db_default=0, editable=False)
    messages_paused_until = models.DateField(_("no reminders before"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may sign in to the admin"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=clock.now, editable=False)
    welcomed_at = models.DateTimeField(_("welcomed"), null=True, blank=True, editable=False)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True, editable=False)
    banned_at = models.DateTimeField(_("banned"), null=True, blank=True, editable=False)
    erase_at = models.DateTimeField(_("to be deleted"), null=True, blank=True, editable=False)  # as its person asked
    groups = models.ManyToManyField(  # type: ignore[assignment]  # Django's permission groups, not our exercise groups
        PermissionGroup, verbose_name=_("staff roles"), blank=True, related_name="+"
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            # Kept in lower case through every door, so that nobody has two accounts with one address.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
        ]
        indexes = [models.Index(fields=["erase_at"], condition=Q(erase_at__isnull=False), name="user_to_be_erased")]

    def __str__(self) -> str:
        return named(self.display_name)

    @property
    def is_welcomed(self) -> bool:
        """Whether the three welcome steps are done."""
        return self.welcomed_at is not None

    @property
    def is_leaving(self) -> bool:
        """Whether they asked for the account to be deleted; it is closed until then, to everybody but themselves."""
        return self.erase_at is not None

    @property
    def may_sign_in(self) -> bool:
        """Whether the door opens: the account is open, or its person may still keep it."""
        return self.is_active or (self.is_leaving and self.banned_at is None)

    def password_prints(self) -> tuple[str, ...]:
        """Return fingerprints of the password, under the site's key and its former ones."""
        return (self.get_session_auth_hash(), *self.get_session_auth_fallback_hash())

    def has_print(self, known: str) -> bool:
        """Whether the password is still the one of this fingerprint."""
        return any(constant_time_compare(known, one) for one in self.password_prints())

    def is_suspended(self, now: datetime) -> bool:
        """Whether the person may look, and not take part, for the time being."""
        return self.suspended_until is not None and now < self.suspended_until


class StaffRoleQuerySet(VisibilityQuerySet["StaffRole"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.all() if viewer.is_staff else self.none()


class StaffRole(PermissionGroup):
    """Django's permission groups under the name they have here; `Group` is an exercise group."""

    objects = StaffRoleQuerySet.as_manager()  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("staff role")
        verbose_name_plural = _("staff roles")
