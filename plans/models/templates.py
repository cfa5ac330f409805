"""Plans as the editors wrote them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet, Viewer, VisibilityQuerySet
from library.models import Citation, ExerciseType, Mechanism, Need


class Intensity(models.TextChoices):
    """By the talk test: could sing, could talk, only words."""

    LIGHT = "light", _("light: you could sing")
    MODERATE = "moderate", _("moderate: you could talk, not sing")
    VIGOROUS = "vigorous", _("vigorous: only a few words at a time")


class PlanTemplateQuerySet(VisibilityQuerySet["PlanTemplate"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Published plans for everybody; drafts for those who may edit them."""
        if viewer.is_authenticated and viewer.has_perm("plans.change_plantemplate"):
            return self.all()
        return self.filter(is_published=True)

    def with_schedule(self, viewer: Viewer) -> Self:
        """Bring weeks, sessions, their mechanisms and cautions in a fixed number of queries."""
        sessions = Session.objects.visible_to(viewer).with_reasons(viewer)
        weeks = Week.objects.visible_to(viewer).prefetch_related(
            Prefetch("sessions", sessions, to_attr="shown_sessions")
        )
        parts: list[Prefetch[Any]] = [
            Prefetch("week_set", weeks, to_attr="shown_weeks"),
            Prefetch(
                "contraindications", Contraindication.objects.visible_to(viewer), to_attr="shown_contraindications"
            ),
            Prefetch("citations", Citation.objects.visible_to(viewer), to_attr="shown_citations"),
        ]
        return self.prefetch_related(*parts)


class PlanTemplate(models.Model):
    """A plan of weeks and sessions, each with a floor: a small version that counts as done."""

    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    goal = models.TextField(_("goal"))
    audience = models.TextField(_("for whom"))
    needs = models.ManyToManyField(Need, related_name="plans", verbose_name=_("needs"))
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    sessions_min = models.PositiveSmallIntegerField(_("sessions a week, at least"))
    sessions_max = models.PositiveSmallIntegerField(_("sessions a week, at most"))
    duration_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    progression_rule = models.TextField(_("when to move on"))
    gap_rule = models.TextField(_("after a gap"))
    evidence_note = models.TextField(_("note on the evidence"))
    citations = models.ManyToManyField(Citation, related_name="+", verbose_name=_("sources"))
    is_published = models.BooleanField(_("published"), default=False)

    objects = PlanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(sessions_min__lte=F("sessions_max")), name="plan_sessions_range"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:template", args=[self.slug])


class Contraindication(models.Model):
    """When this plan is not for now."""

    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="contraindications")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))

    objects = PublicQuerySet["Contraindication"].as_manager()

    class Meta:
        verbose_name = _("contraindication")
        verbose_name_plural = _("contraindications")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class Week(models.Model):
    """One week of a plan."""

    template = models.ForeignKey(PlanTemplate, models.CASCADE, related_name="week_set")
    number = models.PositiveSmallIntegerField(_("week"))
    focus = models.CharField(_("focus"), max_length=160)

    objects = PublicQuerySet["Week"].as_manager()

    class Meta:
        verbose_name = _("week")
        verbose_name_plural = _("weeks")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="week_number_unique")]

    def __str__(self) -> str:
        return str(self.number)


class SessionQuerySet(PublicQuerySet["Session"]):
    def with_reasons(self, viewer: Viewer) -> Self:
        """Bring the exercise type, and the mechanisms that say why the session helps."""
        reasons = Mechanism.objects.visible_to(viewer).select_related("domain")
        return self.select_related("exercise_type").prefetch_related(
            Prefetch("mechanisms", reasons, to_attr="shown_mechanisms")
        )


class Session(models.Model):
    """One step of a plan. The floor is never longer than the step."""

    week = models.ForeignKey(Week, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("session"))
    exercise_type = models.ForeignKey(ExerciseType, models.PROTECT, related_name="+", verbose_name=_("kind"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    intensity = models.CharField(_("effort"), max_length=10, choices=Intensity.choices)
    title = models.CharField(_("title"), max_length=80)
    instruction = models.TextField(_("instruction"))
    floor_minutes = models.PositiveSmallIntegerField(_("minutes of the small version"))
    floor = models.TextField(_("small version"))
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True)
    met_code = models.CharField(_("MET code"), max_length=10, blank=True)
    mechanisms = models.ManyToManyField(Mechanism, related_name="+", verbose_name=_("why it helps"))

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["week__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["week", "number"], name="session_number_unique"),
            models.CheckConstraint(
                condition=Q(floor_minutes__gte=1, floor_minutes__lte=10) & Q(floor_minutes__lte=F("minutes")),
                name="session_floor_is_small",
            ),
        ]

    def __str__(self) -> str:
        return self.title
