"""What a person said about messages: which kinds, by which channel, and how often."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.visibility import OwnQuerySet
from notifications.models.outbox import Delivery


class PreferenceQuerySet(OwnQuerySet["Preference"]):
    def refused(self) -> Self:
        return self.filter(is_wanted=False)


class Preference(models.Model):
    """Whether a person wants a kind of message through a channel. No row means yes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Delivery.Channel.choices)
    is_wanted = models.BooleanField(_("wanted"), default=True)
    changed_at = models.DateTimeField(default=clock.now)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("message preference")
        verbose_name_plural = _("message preferences")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.channel}"


class PaceQuerySet(OwnQuerySet["Pace"]):
    pass


class Pace(models.Model):
    """How often a kind reaches a person who let it pass: whether they were asked "fewer?", and what they said.

    `every`: of so many one is sent. No row means that nothing was asked and every one is sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    every = models.PositiveSmallIntegerField(_("one of so many"), default=1)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = PaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("pace of messages")
        verbose_name_plural = _("pace of messages")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="pace_unique"),
            models.CheckConstraint(condition=models.Q(every__gte=1), name="pace_at_least_every"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} 1/{self.every}"
