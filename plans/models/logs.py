"""What was done. Each row has one reader: the person it belongs to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer
from library.models import ExerciseType
from plans.models.following import Enrollment
from plans.models.templates import Intensity, Session

if TYPE_CHECKING:
    from plans.models.private import MoodRating, Reflection

METRES = 1000  # a kilometre


class SessionLogQuerySet(OwnQuerySet["SessionLog"]):
    def between(self, first: date, last: date) -> Self:
        """Return logs whose local day lies in `first` … `last`, both included."""
        return self.filter(local_on__range=(first, last))

    def with_details(self, viewer: Viewer) -> Self:
        """Bring the kind, the step and the viewer's own ratings and words."""
        from plans.models.private import MoodRating, Reflection  # noqa: PLC0415 - they point at the log

        moods = MoodRating.objects.visible_to(viewer).in_order()
        words = Reflection.objects.visible_to(viewer)
        parts: list[Prefetch[Any]] = [
            Prefetch("moods", moods, to_attr="shown_moods"),
            Prefetch("reflections", words, to_attr="shown_reflection"),
        ]
        return self.select_related("exercise_type", "enrollment", "session").prefetch_related(*parts)

    def with_store_word(self) -> Self:
        """Bring `store_word` of those that came from a health store.

        Nothing else that may change: who waited for the lock of a row finds it no more under what it was joined to.
        """
        return self.select_related("store_word")


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
    enrollment = models.ForeignKey(Enrollment, models.DB_SET_NULL, null=True, blank=True, related_name="logs")
    session = models.ForeignKey(Session, models.DB_SET_NULL, null=True, blank=True, related_name="+")
    exercise_type = models.ForeignKey(ExerciseType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    intensity = models.CharField(_("effort"), max_length=10, choices=Intensity.choices)
    is_floor = models.BooleanField(_("the small version"), default=False)
    setting = models.CharField(_("where"), max_length=10, choices=Setting.choices, blank=True)
    company = models.CharField(_("with whom"), max_length=10, choices=Company.choices, blank=True)
    # In the person's words, or the step's as it was.
    title = models.CharField(_("title"), max_length=80, blank=True, db_default="")
    distance_m = models.PositiveIntegerField(_("distance in metres"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"))
    local_on = models.DateField(_("day"))  # in the zone the person was in
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, db_default="")  # that zone
    source = models.CharField(_("source"), max_length=20, blank=True, db_default="")  # gpx, tcx, fit; empty: typed
    external_id = models.CharField(_("name at the source"), max_length=100, blank=True, db_default="")
    shown_moods: list[MoodRating]  # by `with_details`, as the next
    shown_reflection: list[Reflection]

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("log")
        verbose_name_plural = _("logs")
        indexes = [
            models.Index(fields=["person", "-local_on"], name="log_person_day"),
            models.Index(fields=["local_on", "person"], name="log_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=1440), name="log_minutes_range"),
            models.UniqueConstraint(
                fields=["person", "source", "external_id"],
                condition=~Q(external_id=""),
                name="log_once_per_source",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def mood(self, moment: str) -> int | None:
        """Return the rating of `guess`, `before` or `after`, of a log that came `with_details`."""
        return next((mood.value for mood in self.shown_moods if mood.moment == moment), None)

    @property
    def heading(self) -> str:
        """What it was, of a log `with_details`: in the person's words, or as the step or the kind is named."""
        return self.title or (self.session.title if self.session else str(self.exercise_type))

    @property
    def distance_km(self) -> float | None:
        return self.distance_m / METRES if self.distance_m else None

    @property
    def reflection(self) -> Reflection | None:
        """How it was, in a log that came `with_details`."""
        return self.shown_reflection[0] if self.shown_reflection else None
