"""The outbox: why somebody is told something, and how each message fared on its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer
from notifications import kinds
from notifications.models.push import PushSubscription

UNREAD_FOR = timedelta(days=30)
BUDGET_SPAN = timedelta(days=7)


class NotificationQuerySet(OwnQuerySet["Notification"]):
    def recent(self, viewer: Viewer) -> Self:
        """Return the viewer's messages, newest first, each with `shown_deliveries`."""
        deliveries = Prefetch("deliveries", Delivery.objects.visible_to(viewer), to_attr="shown_deliveries")
        return self.visible_to(viewer).prefetch_related(deliveries).order_by("-created_at", "-pk")

    def in_inbox(self) -> Self:
        """Return those that were put into the inbox in the app."""
        return self.filter(deliveries__channel=Delivery.Channel.INBOX, deliveries__state=Delivery.State.SENT)

    def unread(self, now: datetime) -> Self:
        """Return those in the inbox that wait to be read. After a month they no longer call."""
        return self.in_inbox().filter(seen_at=None, created_at__gt=now - UNREAD_FOR)


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
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True, editable=False)  # in the inbox, or by its link

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
        """Return what is due and held by nobody, the freshest first. What another one tells too goes with that."""
        is_free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.waiting().filter(is_free, merged_into=None, next_attempt_at__lte=now).order_by("-next_attempt_at")

    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.PENDING)

    def weighing(self, people: Collection[int], now: datetime) -> dict[int, set[int]]:
        """Return person → the notifications that fill their weekly budget: what was sent, and what has a place kept.

        One message through several channels is one. What a message of the morning told too weighs nothing of its own,
        and makes it weigh, also where it is led by one that does not.
        """
        bulk = [kind.name for kind in kinds.all_kinds() if kind.is_bulk]
        has_place = Q(state=Delivery.State.PENDING, has_place=True, leased_until__gt=now)
        tells_too = Exists(Delivery.objects.filter(merged_into=OuterRef("pk"), notification__kind__in=bulk))
        rows = self.filter(
            Q(sent_at__gt=now - BUDGET_SPAN) | has_place,
            Q(notification__kind__in=bulk) | tells_too,
            notification__person__in=people,
            merged_into=None,
        ).exclude(channel=Delivery.Channel.INBOX)
        found: dict[int, set[int]] = defaultdict(set)
        for person, notification in rows.values_list("notification__person_id", "notification_id"):
            found[person].add(notification)
        return found


class Delivery(Addressed):
    """One notification on its way through one channel, by push to one device: a row of the queue.

    `merged_into`: it was held back because that one tells of it too. `has_place`: counted in its person's weekly
    budget while it is on its way, for as long as its lease.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PUSH = "push", _("Push")
        INBOX = "inbox", _("Inbox")

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENT = "sent", _("sent")
        SUPPRESSED = "suppressed", _("held back")
        DEAD = "dead", _("given up")

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    subscription = models.ForeignKey(
        PushSubscription, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("device")
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=clock.now)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_id = models.UUIDField(_("lease"), null=True, blank=True)
    has_place = models.BooleanField(_("has a place in the budget"), default=False, db_default=False, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    unsubscribe_hash = models.CharField(_("unsubscribe token, hashed"), max_length=64, blank=True, db_index=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        permissions = [("replay_delivery", "Can replay what was given up")]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "channel"], condition=~Q(channel="push"), name="delivery_once_a_channel"
            ),
            models.UniqueConstraint(fields=["notification", "subscription"], name="delivery_once_a_device"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="pending"), name="delivery_pending"),
            models.Index(fields=["next_attempt_at"], condition=Q(state="suppressed"), name="delivery_held_when"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="delivery_sent_when"),
            models.Index(fields=["channel"], condition=Q(state="dead"), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.channel} {self.state}"
