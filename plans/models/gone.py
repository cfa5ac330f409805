"""Of a log that its person took back: that it is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.visibility import OwnQuerySet


class GoneLogQuerySet(OwnQuerySet["GoneLog"]):
    def gone_before(self, instant: datetime) -> Self:
        return self.filter(gone_at__lt=instant)


class GoneLog(models.Model):
    """A phone that comes late with a log that was taken back meanwhile does not bring it back.

    Kept for as long as a log of that day would be taken (`services.log_checks`), and no word of what it said.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uuid = models.UUIDField(editable=False)
    gone_at = models.DateTimeField(_("gone at"), editable=False)

    objects = GoneLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log that is gone")
        verbose_name_plural = _("logs that are gone")
        constraints = [models.UniqueConstraint(fields=["person", "uuid"], name="gone_log_once")]
        indexes = [models.Index(fields=["gone_at"], name="gone_log_at")]

    def __str__(self) -> str:
        return str(self.uuid)
