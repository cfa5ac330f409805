"""How it felt. Nobody reads these rows but their person: every query names that person first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core.models import Addressed
from core.visibility import PrivateQuerySet, Viewer
from library.models import ExerciseType
from plans.models.following import Enrollment
from plans.models.logs import SessionLog, SessionLogQuerySet
from plans.models.templates import Session


class OfLogQuerySet[M: models.Model](PrivateQuerySet[M]):
    """What belongs to a log is its person's."""

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(log__person=viewer) if viewer.is_authenticated else self.none()


class MoodRatingQuerySet(OfLogQuerySet["MoodRating"]):
    def in_order(self) -> Self:
        """Guess, before, after."""
        moments = [When(moment=moment, then=Value(place)) for place, moment in enumerate(MoodRating.Moment.values)]
        return self.order_by(Case(*moments))


class MoodRating(models.Model):
    """Mood on seven steps (1 very low … 7 very good).

    `guess` is what the person expected, before they began, to feel afterwards; it is written once.
    """

    class Moment(models.TextChoices):
        GUESS = "guess", _("guessed beforehand")
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


class Reflection(models.Model):
    """Mastery and pleasure, 0 to 10 each, and words to oneself. At most one for each log."""

    log = models.ForeignKey(SessionLog, models.CASCADE, related_name="reflections")
    mastery = models.PositiveSmallIntegerField(_("sense of mastery"), null=True, blank=True)
    pleasure = models.PositiveSmallIntegerField(_("pleasure"), null=True, blank=True)
    note = models.TextField(_("note to myself"), blank=True, max_length=2000)

    objects = OfLogQuerySet["Reflection"].as_manager()

    class Meta:
        verbose_name = _("reflection")
        verbose_name_plural = _("reflections")
        constraints = [
            models.UniqueConstraint(fields=["log"], name="reflection_once_per_log"),
            models.CheckConstraint(condition=Q(mastery__isnull=True) | Q(mastery__lte=10), name="mastery_range"),
            models.CheckConstraint(condition=Q(pleasure__isnull=True) | Q(pleasure__lte=10), name="pleasure_range"),
        ]

    def __str__(self) -> str:
        return str(self.log_id)


FELT = {
    "guess": F("of_guess__value"),
    "mood_before": F("of_before__value"),
    "mood_after": F("of_after__value"),
    "mastery": F("reflections__mastery"),
    "pleasure": F("reflections__pleasure"),
    "note": F("reflections__note"),
}


def felt_joined(logs: SessionLogQuerySet, viewer: Viewer) -> SessionLogQuerySet:
    """Return those of the logs that are the viewer's own, with how each felt for `FELT` to name.

    The only query of logs that goes through these tables, and it names their person itself: a device's first
    synchronisation reads thousands of logs at once, where a row or a query of its own for each word is too slow.
    """
    joined = {f"of_{at}": FilteredRelation("moods", condition=Q(moods__moment=at)) for at in MoodRating.Moment.values}
    return logs.visible_to(viewer).annotate(**joined)


STAYS_OPEN = timedelta(hours=24)  # what was begun is offered for noting this long


class BeginningQuerySet(PrivateQuerySet["Beginning"]):
    def still_open(self, now: datetime) -> Self:
        """Return what may still be noted, the latest first."""
        return self.filter(started_at__gt=now - STAYS_OPEN).order_by("-started_at", "-pk")

    def long_gone(self, now: datetime) -> Self:
        return self.filter(started_at__lte=now - STAYS_OPEN)

    def with_step(self) -> Self:
        return self.select_related("exercise_type", "session__week", "enrollment")


class Beginning(Addressed):
    """Something begun and not noted yet. Its log takes over the `uuid`, the guess and the mood before.

    Neither can be changed once this row stands: there is no service that does.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    enrollment = models.ForeignKey(Enrollment, models.DB_SET_NULL, null=True, blank=True, related_name="+")
    session = models.ForeignKey(Session, models.DB_SET_NULL, null=True, blank=True, related_name="+")
    exercise_type = models.ForeignKey(ExerciseType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    is_floor = models.BooleanField(_("the small version"), default=False)
    started_at = models.DateTimeField(_("started at"))
    guess = models.PositiveSmallIntegerField(_("guess"), null=True, blank=True)
    mood_before = models.PositiveSmallIntegerField(_("mood before"), null=True, blank=True)

    objects = BeginningQuerySet.as_manager()

    class Meta:
        verbose_name = _("beginning")
        verbose_name_plural = _("beginnings")
        indexes = [models.Index(fields=["person", "-started_at"], name="beginning_person_when")]
        constraints = [
            models.CheckConstraint(condition=Q(guess__isnull=True) | Q(guess__range=(1, 7)), name="guess_range"),
            models.CheckConstraint(
                condition=Q(mood_before__isnull=True) | Q(mood_before__range=(1, 7)), name="beginning_mood_range"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def heading(self) -> str:
        """What was begun, of one that came `with_step`."""
        return self.session.title if self.session else str(self.exercise_type)


class CheckInQuerySet(PrivateQuerySet["CheckIn"]):
    def latest_first(self) -> Self:
        return self.order_by("-taken_on", "-pk")


class CheckIn(Addressed):
    """The score of a questionnaire, on a day. The answers themselves are not kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scale = models.CharField(_("scale"), max_length=10)
    score = models.PositiveSmallIntegerField(_("score"))
    taken_on = models.DateField(_("day"))

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(fields=["person", "scale", "taken_on"], name="check_in_once_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class ReadinessQuerySet(PrivateQuerySet["Readiness"]):
    pass


class Readiness(models.Model):
    """The answer to the question before the first vigorous plan: whether any of the reasons to ask first applies."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asks_first = models.BooleanField(_("something applies"))
    answered_at = models.DateTimeField(_("answered at"))

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("readiness")
        verbose_name_plural = _("readiness")

    def __str__(self) -> str:
        return str(self.person_id)
