"""Events: what, when in the place's own zone, how many seats."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.groups import Group


class EventQuerySet(VisibilityQuerySet["Event"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Events of the groups that the viewer may see."""
        return self.filter(group__in=Group.objects.visible_to(viewer))

    def findable_by(self, viewer: Viewer) -> Self:
        """Return what lists may name: events of public groups and of the viewer's own."""
        return self.filter(group__in=Group.objects.findable_by(viewer))

    def answered_by(self, person: Viewer, *answers: str) -> Self:
        """Return the events that `person` gave one of `answers` to (any `Rsvp.Status`)."""
        return self.filter(rsvps__person=person.pk, rsvps__status__in=answers)

    def upcoming(self, now: datetime) -> Self:
        """Return events that have not ended, soonest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at")

    def with_seats(self) -> Self:
        """Return events in which a seat is free."""
        return self.filter(Q(capacity__isnull=True) | Q(going_count__lt=F("capacity")))

    def scheduled(self) -> Self:
        return self.filter(status=Event.Status.SCHEDULED)


class Event(Addressed):
    """One meeting. Instants are UTC; `time_zone` is the place's.

    `going_count` and `next_place` change only under the row's lock (`services/rsvps.py`), so the
    database itself refuses more people going than seats.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("on")
        CANCELLED = "cancelled", _("cancelled")

    class Setting(models.TextChoices):
        INDOOR = "indoor", _("indoors")
        PARK = "park", _("in a park")
        FOREST = "forest", _("in the woods")
        WATER = "water", _("by water")
        STREET = "street", _("in the streets")

    group = models.ForeignKey(Group, models.CASCADE, related_name="events")
    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("about"), blank=True, max_length=5000)
    about_html = models.TextField(editable=False, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone of the place"), max_length=64, validators=[validate_time_zone])
    place = models.CharField(_("place"), max_length=160)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting.choices)
    effort = models.CharField(_("effort"), max_length=10, choices=Group.Effort.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    capacity = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    going_count = models.PositiveIntegerField(default=0, editable=False)
    next_place = models.PositiveIntegerField(default=1, editable=False)
    where_to_stand = models.TextField(_("where to stand"), blank=True, max_length=500)
    how_it_goes = models.TextField(_("what will happen"), blank=True, max_length=1000)
    leaving_early = models.TextField(_("leaving early"), blank=True, max_length=500)
    greeter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who greets newcomers"),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(going_count__lte=F("capacity")), name="event_within_capacity"
            ),
        ]
        indexes = [models.Index(fields=["group", "starts_at"], name="event_group_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:event", args=[self.group.slug, self.uuid])

    @property
    def facts(self) -> dict[str, str]:
        """What is known of the outing beforehand, for the reasons why it may help (`library.reasons`)."""
        return {"company": "group", "setting": self.setting, "effort": self.effort, "kind": self.group.kind}

    @property
    def seats_left(self) -> int | None:
        """Free seats, or None when there is no limit."""
        return None if self.capacity is None else self.capacity - self.going_count

    @property
    def has_seat(self) -> bool:
        return self.capacity is None or self.going_count < self.capacity

    @property
    def duration(self) -> timedelta:
        return self.ends_at - self.starts_at

    def is_open(self, now: datetime) -> bool:
        """Whether answers are still taken."""
        return self.status == self.Status.SCHEDULED and now < self.ends_at
