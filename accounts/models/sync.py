"""What a person's devices have been told, so that a difference to what is there now can be told next."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.shadow import Clock
from core.visibility import PrivateQuerySet


class SyncClockQuerySet(PrivateQuerySet["SyncClock"]):
    pass


class SyncClock(models.Model):
    """How far the numbers of a person's entries have come. Whoever writes entries locks this row first.

    `epoch` names this shadow: what was told of another counts for nothing. What went before `pruned_position` may be
    forgotten.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="+")
    epoch = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveBigIntegerField(default=0, editable=False)
    pruned_position = models.PositiveBigIntegerField(default=0, editable=False)

    objects = SyncClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of synchronisation")
        verbose_name_plural = _("clocks of synchronisation")

    def __str__(self) -> str:
        return f"{self.person_id} {self.position}"

    @property
    def known(self) -> Clock:
        """What it says, for comparing."""
        return Clock(self.epoch, self.position, self.pruned_position)


class SyncEntryQuerySet(PrivateQuerySet["SyncEntry"]):
    def whose_are_old(self, before: datetime) -> models.QuerySet[User]:
        """Return the people whose devices were told before then that something is gone; nothing else leaves."""
        return User.objects.filter(pk__in=self.filter(gone_at__lt=before).order_by().values("person"))


class SyncEntry(models.Model):
    """One thing as it was told: a digest of how it read, and when in the row of all that was told.

    One that is gone has `gone_at` and no version. It holds no word of what it is about.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)  # the constraint has one
    kind = models.CharField(max_length=20, editable=False)
    key = models.CharField(max_length=160, editable=False)
    version = models.CharField(max_length=32, blank=True, editable=False)
    position = models.PositiveBigIntegerField(editable=False)
    gone_at = models.DateTimeField(null=True, editable=False)

    objects = SyncEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of synchronisation")
        verbose_name_plural = _("entries of synchronisation")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="sync_entry_once"),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(version=""), name="sync_entry_gone_has_no_version"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "position"], name="sync_entry_position"),
            models.Index(fields=["gone_at"], condition=Q(gone_at__isnull=False), name="sync_entry_gone"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.position}"
