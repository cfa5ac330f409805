"""Events: what, when in the place's own zone, how many seats."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import Addressed
from core.visibility import Viewer
from groups.models.groups import Group, findable_groups, seen_groups
from groups.models.memberships import asked_role
from groups.models.outings import Outing
from groups.models.places import PlacedQuerySet
from groups.models.readers import Reader
from groups.models.series import Series


class EventQuerySet(PlacedQuerySet["Event"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Events of the groups that the viewer may see."""
        return self.filter(seen_groups(Reader.of(viewer), "group__"))

    def with_role_of(self, viewer: Viewer) -> Self:
        """Add what `rules.may` asks: what the viewer is in the group."""
        return self.annotate(**asked_role(viewer, "group"))

    def with_greeter(self, viewer: Viewer) -> Self:
        """Bring who greets, and `knows_greeter`: whether the viewer may know them (`shown_greeter`)."""
        known = User.objects.visible_to(viewer).filter(pk=OuterRef("greeter"))
        return self.select_related("greeter").annotate(knows_greeter=Exists(known))

    def findable_by(self, reader: Reader) -> Self:
        """Return what lists may name: events of public groups and of the reader's own, all of them visible to them."""
        found = self.filter(findable_groups(reader, "group__"))
        found.is_scoped = True
        return found

    def answered_by(self, person: Viewer, *answers: str) -> Self:
        """Return the events that `person` gave one of `answers` to (any `Rsvp.Status`)."""
        return self.filter(rsvps__person=person.pk, rsvps__status__in=answers)

    def upcoming(self, now: datetime) -> Self:
        """Return events that have not ended, soonest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def with_seats(self) -> Self:
        """Return events in which a seat is free."""
        return self.filter(Q(capacity__isnull=True) | Q(going_count__lt=F("capacity")))

    def scheduled(self) -> Self:
        return self.filter(status=Event.Status.SCHEDULED)


class Event(Outing, Addressed):
    """One meeting. Instants are UTC; `time_zone` is the place's.

    `going_count` (seats taken, guests included) and `next_place` change only under the row's lock
    (`services/rsvps.py`), so the database itself refuses more people going than seats. An occurrence of a series
    stays the one of `occurs_on` (the day at the place that its rule gave) wherever it is moved (RECURRENCE-ID).
    `sequence` grows with every change that calendars must hear of (RFC 5545).
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("on")
        CANCELLED = "cancelled", _("cancelled")

    group = models.ForeignKey(Group, models.CASCADE, related_name="events")
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="occurrences", verbose_name=_("series")
    )
    occurs_on = models.DateField(_("day in its series"), null=True, blank=True, editable=False)
    is_changed_alone = models.BooleanField(_("changed on its own"), default=False, db_default=False, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    going_count = models.PositiveIntegerField(default=0, editable=False)
    next_place = models.PositiveIntegerField(default=1, editable=False)
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, db_default=Now(), editable=False)
    knows_greeter: bool = False  # whether the viewer may know who greets: read by `with_greeter`

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
            models.UniqueConstraint(fields=["series", "occurs_on"], name="event_once_per_day_of_series"),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(occurs_on__isnull=False), name="event_of_series_has_day"
            ),
            *Outing.constraints_for("event"),
        ]
        indexes = [
            models.Index(fields=["group", "starts_at"], name="event_group_start"),
            models.Index(fields=["starts_at"], name="event_start"),
            models.Index(fields=["cell", "starts_at"], name="event_cell"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:event", args=[self.group.slug, self.uuid])

    @property
    def shown_greeter(self) -> User | None:
        """Who greets, for a viewer who may know them."""
        return self.greeter if self.knows_greeter else None

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
