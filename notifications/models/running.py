"""What the senders and planners keep of themselves, nobody's personal data."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.visibility import Viewer, VisibilityQuerySet


class RunningQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Operators may look."""

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.all() if viewer.is_staff else self.none()


class Line(models.Model):
    """From when on a channel's provider takes another message (see `notifications.rate`)."""

    channel = models.CharField(_("channel"), max_length=10, unique=True)
    free_at = models.DateTimeField(_("free from"))

    objects = RunningQuerySet["Line"].as_manager()

    class Meta:
        verbose_name = _("line to a provider")
        verbose_name_plural = _("lines to providers")

    def __str__(self) -> str:
        return self.channel


class Tick(models.Model):
    """When something that has to happen all the time happened last: planning, sending."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    at = models.DateTimeField(_("last"))

    objects = RunningQuerySet["Tick"].as_manager()

    class Meta:
        verbose_name = _("tick")
        verbose_name_plural = _("ticks")

    def __str__(self) -> str:
        return self.name
