"""What was done and how it felt. Each row has one reader: the person it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer
from library.models import ExerciseType
from plans.models.following import Enrollment
from plans.models.templates import Intensity, Session


class SessionLogQuerySet(OwnQuerySet["SessionLog"]):
    def between(self, first: date, last: date) -> Self:
        """Return logs whose local day lies in `first` … `last`, both included."""
        return self.filter(local_on__range=(first, last))

    def with_details(self, viewer: Viewer) -> Self:
        """Bring the kind, the step and the viewer's own ratings."""
        moods = MoodRating.objects.visible_to(viewer).order_by("-moment")  # before, then after
        return self.select_related("exercise_type", "enrollment", "session").prefetch_related(
            Prefetch("moods", moods, to_attr="shown_moods")
        )


class SessionLog(Addressed):
    """One thing that was done. `uuid` may be made by the phone, so sending twice makes one row."""

    class Setting(models.TextChoices):
        HOME = "home", _("at home")
        INDOOR = "indoor", _("indoors elsewhere")
        STREET = "street", _("in the street")
        GREEN = "green", _("among green")
        WATER = "water", _("by water")

    class Company(models.TextChoices):
        ALONE = "alone", _("on my own")
        ONE = "one", _("with somebody")
        GROUP = "group", _("with a group")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    enrollment = models.ForeignKey(Enrollment, models.SET_NULL, null=True, blank=True, related_name="logs")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="+")
    exercise_type = models.ForeignKey(ExerciseType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    intensity = models.CharField(_("effort"), max_length=10, choices=Intensity.choices)
    is_floor = models.BooleanField(_("the small version"), default=False)
    mastery = models.PositiveSmallIntegerField(_("sense of mastery"), null=True, blank=True)
    pleasure = models.PositiveSmallIntegerField(_("pleasure"), null=True, blank=True)
    setting = models.CharField(_("where"), max_length=10, choices=Setting.choices, blank=True)
    company = models.CharField(_("with whom"), max_length=10, choices=Company.choices, blank=True)
    note = models.TextField(_("note to myself"), blank=True, max_length=2000)
    done_at = models.DateTimeField(_("done at"))
    local_on = models.DateField(_("day"))  # in the zone the person was in
    shown_moods: list[MoodRating]  # by `with_details`

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log")
        verbose_name_plural = _("logs")
        indexes = [models.Index(fields=["person", "-local_on"], name="log_person_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="log_minutes_range"),
            models.CheckConstraint(condition=Q(mastery__isnull=True) | Q(mastery__lte=10), name="log_mastery_range"),
            models.CheckConstraint(condition=Q(pleasure__isnull=True) | Q(pleasure__lte=10), name="log_pleasure_range"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def mood(self, moment: str) -> int | None:
        """Return the rating of `before` or `after`, of a log that came `with_details`."""
        return next((mood.value for mood in self.shown_moods if mood.moment == moment), None)


class MoodRatingQuerySet(OwnQuerySet["MoodRating"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(log__person=viewer) if viewer.is_authenticated else self.none()


class MoodRating(models.Model):
    """Mood on seven steps (1 very low … 7 very good) before or after something done."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    log = models.ForeignKey(SessionLog, models.CASCADE, related_name="moods")
    moment = models.CharField(_("moment"), max_length=10, choices=Moment.choices)
    value = models.PositiveSmallIntegerField(_("mood"))
    rated_at = models.DateTimeField(_("rated at"))

    objects = MoodRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mood rating")
        verbose_name_plural = _("mood ratings")
        constraints = [
            models.UniqueConstraint(fields=["log", "moment"], name="mood_once_per_moment"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=7), name="mood_range"),
        ]

    def __str__(self) -> str:
        return f"{self.log_id} {self.moment}"
