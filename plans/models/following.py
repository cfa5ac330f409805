"""Following a plan: the person's own days, times and words."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer
from plans.models.templates import PlanTemplate


class EnrollmentQuerySet(OwnQuerySet["Enrollment"]):
    def active(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def with_plan(self, viewer: Viewer) -> Self:
        """Bring the template and the person's days and times."""
        return self.select_related("template").with_days(Cue.objects.visible_to(viewer))

    def with_days(self, cues: models.QuerySet[Cue] | None = None) -> Self:
        """Bring each plan's own days and times, for several people at once; or those of `cues`."""
        found = (Cue.objects.all() if cues is None else cues).order_by("weekday", "at_time")
        return self.prefetch_related(Prefetch("cues", found, to_attr="shown_cues"))


class Enrollment(Addressed):
    """A person follows a plan. The if-then sentence is theirs, word for word.

    With `times_a_week` any day will do, and the cues only remind; without it the cues are the days.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    template = models.ForeignKey(PlanTemplate, models.PROTECT, related_name="+", verbose_name=_("plan"))
    starts_on = models.DateField(_("starts on"))
    times_a_week = models.PositiveSmallIntegerField(_("times a week"), null=True, blank=True)  # None: fixed days
    when_text = models.CharField(_("when …"), max_length=200)
    then_text = models.CharField(_("then I …"), max_length=200)
    obstacle_text = models.CharField(_("if this gets in the way …"), max_length=200, blank=True)
    instead_text = models.CharField(_("then I … instead"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    shown_cues: list[Cue]  # by `with_plan` or `with_days`

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        indexes = [models.Index(fields=["starts_on"], condition=Q(ended_at=None), name="enrollment_start")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "template"], condition=Q(ended_at__isnull=True), name="enrollment_one_active"
            ),
            models.CheckConstraint(
                condition=Q(times_a_week__isnull=True) | Q(times_a_week__gte=1, times_a_week__lte=14),
                name="enrollment_times_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_active(self) -> bool:
        return self.ended_at is None


class CueQuerySet(OwnQuerySet["Cue"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(enrollment__person=viewer) if viewer.is_authenticated else self.none()

    def come_round(self, now: datetime) -> Self:
        """Return the cues to look at, the freshest first."""
        return self.filter(next_at__lte=now).order_by("-next_at")

    def never_seen(self) -> Self:
        """Return the cues of which nobody has said yet when to look."""
        return self.filter(next_at=None)


class Cue(models.Model):
    """A day of the week and a wall-clock time, in the person's own zone, to be reminded at."""

    enrollment = models.ForeignKey(Enrollment, models.DB_CASCADE, related_name="cues")
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=User.Weekday.choices)
    at_time = models.TimeField(_("time"))
    chosen_at = models.DateTimeField(_("chosen later"), null=True, editable=False)  # None: when the plan was begun
    next_at = models.DateTimeField(_("next"), null=True, editable=False)  # where to look; the wall clock decides

    objects = CueQuerySet.as_manager()

    class Meta:
        verbose_name = _("cue")
        verbose_name_plural = _("cues")
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "weekday"], name="cue_one_a_day"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="cue_weekday_range"),
        ]
        indexes = [
            models.Index(fields=["weekday", "at_time"], name="cue_when"),
            models.Index(fields=["next_at"], name="cue_next"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.at_time}"
