"""The outbox: why somebody is told something, and how each message fared on its way."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer


class NotificationQuerySet(OwnQuerySet["Notification"]):
    def recent(self, viewer: Viewer) -> Self:
        """Return the viewer's messages, newest first, each with `shown_deliveries`."""
        deliveries = Prefetch("deliveries", Delivery.objects.visible_to(viewer), to_attr="shown_deliveries")
        return self.visible_to(viewer).prefetch_related(deliveries).order_by("-created_at", "-pk")


class Notification(Addressed):
    """One reason to tell one person something. `dedupe_key` makes it happen once, whatever crashes.

    Holds no text and no health detail: `kind` says how to look up `about_id` when it is sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=40)
    about_id = models.CharField(_("about"), max_length=64, help_text=_("Identifier that the kind understands."))
    occurrence = models.CharField(_("occurrence"), max_length=40, blank=True)
    dedupe_key = models.CharField(_("dedupe key"), max_length=200, unique=True)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["person", "-created_at"], name="notification_person_recent")]

    def __str__(self) -> str:
        return self.dedupe_key


class DeliveryQuerySet(OwnQuerySet["Delivery"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(notification__person=viewer) if viewer.is_authenticated else self.none()

    def claimable(self, now: datetime) -> Self:
        """Return what is due and held by nobody, longest waiting first."""
        is_free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.filter(is_free, state=Delivery.State.PENDING, next_attempt_at__lte=now).order_by("next_attempt_at")


class Delivery(Addressed):
    """One notification on its way through one channel: a row of the queue."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENT = "sent", _("sent")
        SUPPRESSED = "suppressed", _("held back")
        DEAD = "dead", _("given up")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_id = models.UUIDField(_("lease"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    unsubscribe_hash = models.CharField(_("unsubscribe token, hashed"), max_length=64, blank=True, db_index=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="delivery_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.channel} {self.state}"


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
