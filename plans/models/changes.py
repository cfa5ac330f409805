"""What a person changes on the way: a day, the pace, a pause. Each is a fact of its own; nothing is rewritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import Addressed
from core.visibility import OwnQuerySet, PrivateQuerySet, Viewer
from plans.models.following import Enrollment


class OfEnrollmentQuerySet[M: models.Model](OwnQuerySet[M]):
    """Rows of a plan that somebody follows are that person's."""

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(enrollment__person=viewer) if viewer.is_authenticated else self.none()


class DayChangeQuerySet(OfEnrollmentQuerySet["DayChange"]):
    def come_round(self, now: datetime) -> Self:
        """Return the moved steps to look at, the freshest first."""
        return self.filter(moved_to__isnull=False, next_at__lte=now).order_by("-next_at")

    def never_seen(self) -> Self:
        """Return the moved steps of which nobody has said yet when to look."""
        return self.filter(moved_to__isnull=False, next_at=None)


class DayChange(models.Model):
    """The step planned for one day goes to another, or that day is for rest (`moved_to` is None)."""

    enrollment = models.ForeignKey(Enrollment, models.DB_CASCADE, related_name="+")
    planned_on = models.DateField(_("planned on"))
    moved_to = models.DateField(_("moved to"), null=True, blank=True)
    at_time = models.TimeField(_("time"), null=True, blank=True)  # None: the time of the day it was planned for
    created_at = models.DateTimeField(default=clock.now, editable=False)
    next_at = models.DateTimeField(_("next"), null=True, editable=False)  # as with a cue

    objects = DayChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed day")
        verbose_name_plural = _("changed days")
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "planned_on"], name="day_change_once"),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) | ~Q(moved_to=F("planned_on")), name="day_change_moves"
            ),
        ]
        indexes = [
            models.Index(fields=["moved_to"], name="day_change_moved_to"),
            models.Index(fields=["next_at"], condition=Q(moved_to__isnull=False), name="day_change_next"),
        ]

    def __str__(self) -> str:
        return f"{self.planned_on} → {self.moved_to or '–'}"


class Turn(models.Model):
    """The person's own word on the pace: on to the next week, this week again, or one week back."""

    class Way(models.TextChoices):
        ON = "on", _("on to the next week")
        AGAIN = "again", _("this week again")
        BACK = "back", _("one week back")

    enrollment = models.ForeignKey(Enrollment, models.DB_CASCADE, related_name="+")
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    taken_at = models.DateTimeField(_("taken at"))
    local_on = models.DateField(_("day"))

    objects = OfEnrollmentQuerySet["Turn"].as_manager()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        indexes = [models.Index(fields=["enrollment", "taken_at"], name="turn_when")]

    def __str__(self) -> str:
        return f"{self.local_on} {self.way}"


class PauseQuerySet(PrivateQuerySet["Pause"]):
    def on(self, day: date) -> Self:
        """Return the pauses that `day` lies in."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def whose_ended(self, days: Iterable[date]) -> models.QuerySet[Pause, Any]:
        """Return whose pause ended on one of the days, for a query around it; nothing else of it leaves."""
        return self.filter(ends_on__in=list(days)).order_by().values("person")


class Pause(Addressed):
    """A rest from one plan, or from all (`enrollment` is None), both days included; `ends_on` None: until I say.

    The reason is the person's own business: it is read by them and by the arithmetic of their next step.
    """

    class Reason(models.TextChoices):
        ILL = "ill", _("I am ill or hurt")
        TRAVEL = "travel", _("I am away")
        BUSY = "busy", _("Life is full")
        LOW = "low", _("It is too much just now")
        REST = "rest", _("I want a rest")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    enrollment = models.ForeignKey(Enrollment, models.DB_CASCADE, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        indexes = [
            models.Index(fields=["person", "starts_on"], name="pause_person_day"),
            models.Index(fields=["ends_on"], name="pause_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="pause_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def covers(self, enrollment_id: int) -> bool:
        """Whether the plan is among those that rest."""
        return self.enrollment_id in {None, enrollment_id}

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it, as `on` asks the database."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)
