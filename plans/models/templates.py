"""Plans as the editors wrote them."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.deletion import LinksField
from core.visibility import Viewer, VisibilityQuerySet
from library.models import Citation, ExerciseType, Mechanism, Need
from plans.sharing import shared_with

COMPANY = "social-connection"  # the mechanism that a step with others names


class Intensity(models.TextChoices):
    """By the talk test: could sing, could talk, only words."""

    LIGHT = "light", _("light: you could sing")
    MODERATE = "moderate", _("moderate: you could talk, not sing")
    VIGOROUS = "vigorous", _("vigorous: only a few words at a time")


def may_edit_plans(viewer: Viewer) -> bool:
    """Whether the viewer also sees drafts. Asks the database for staff only."""
    return viewer.is_authenticated and viewer.is_staff and viewer.has_perm("plans.change_plantemplate")


def seen_by(viewer: Viewer, path: str = "") -> Q:
    """Return which plans the viewer may know of; `path` leads to the plan, as in `week__template__`."""
    editors = Q(**{f"{path}owner__isnull": True})
    found = editors if may_edit_plans(viewer) else editors & Q(**{f"{path}is_published": True})
    if not viewer.is_authenticated:
        return found
    return found | Q(**{f"{path}owner": viewer.pk}) | shared_with(viewer, path)


class PlanTemplateQuerySet(VisibilityQuerySet["PlanTemplate"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Published plans for everybody; drafts for those who may edit them; a member's own for that member."""
        return self.filter(seen_by(viewer))

    def by_editors(self) -> Self:
        return self.filter(owner__isnull=True)

    def owned_by(self, person: Viewer) -> Self:
        return self.filter(owner=person.pk) if person.is_authenticated else self.none()

    def for_need(self, slug: str) -> Self:
        """Return the plans that answer a need; without one, all of them."""
        return self.filter(needs__slug=slug) if slug else self

    def with_needs(self, viewer: Viewer) -> Self:
        return self.prefetch_related(Prefetch("needs", Need.objects.visible_to(viewer), to_attr="shown_needs"))

    def with_beginning(self) -> Self:
        """Annotate the longest step and small version of the first week, and how many steps are about company."""
        first = Q(week_set__number=1)
        steps = Session.objects.filter(week__template=OuterRef("pk")).order_by().values("week__template")
        together = steps.filter(mechanisms__slug=COMPANY)
        return self.annotate(
            first_minutes=Max("week_set__sessions__minutes", filter=first),
            small_minutes=Max("week_set__sessions__floor_minutes", filter=first),
            steps=Subquery(steps.annotate(n=Count("pk")).values("n")),
            steps_together=Coalesce(Subquery(together.annotate(n=Count("pk")).values("n")), 0),
        )

    def with_schedule(self, viewer: Viewer) -> Self:
        """Bring weeks, sessions, their mechanisms and cautions in a fixed number of queries."""
        parts: list[Prefetch[Any]] = [
            schedule_for(viewer),
            Prefetch(
                "contraindications", Contraindication.objects.visible_to(viewer), to_attr="shown_contraindications"
            ),
            Prefetch("citations", Citation.objects.visible_to(viewer), to_attr="shown_citations"),
        ]
        return self.prefetch_related(*parts)


def schedule_for(viewer: Viewer) -> Prefetch[Any]:
    """Bring weeks and steps as the viewer may see them, with all that the gate looks at."""
    return schedule_of(
        Week.objects.visible_to(viewer), Session.objects.visible_to(viewer).with_reasons(viewer).knowing_reasons()
    )


def schedule_of(weeks: PartQuerySet[Week], steps: SessionQuerySet) -> Prefetch[Any]:
    """Bring these weeks of a plan, each with those of these steps that are its own."""
    within: Prefetch[Any] = Prefetch("sessions", steps, to_attr="shown_sessions")
    return Prefetch("week_set", weeks.prefetch_related(within), to_attr="shown_weeks")


class Growth(models.TextChoices):
    """What a plan grows by from week to week; the caps are in `library.dose`."""

    RUNNING = "running_or_jumping", _("running or jumping")
    WALKING = "walking_or_cycling", _("walking, cycling or the like")


class PlanTemplate(models.Model):
    """A plan of weeks and sessions, each with a floor: a small version that counts as done.

    With an `owner` it is that member's own, written in one language, and seen by nobody they have not shared it with.
    """

    slug = models.SlugField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey("self", models.DB_SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("title"), max_length=120)
    goal = models.TextField(_("goal"))
    audience = models.TextField(_("for whom"))
    needs = LinksField(Need, related_name="plans", verbose_name=_("needs"))
    weeks = models.PositiveSmallIntegerField(_("weeks"))
    sessions_min = models.PositiveSmallIntegerField(_("sessions a week, at least"))
    sessions_max = models.PositiveSmallIntegerField(_("sessions a week, at most"))
    duration_days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    progression_rule = models.TextField(_("when to move on"))
    gap_rule = models.TextField(_("after a gap"))
    evidence_note = models.TextField(_("note on the evidence"))
    citations = LinksField(Citation, related_name="+", verbose_name=_("sources"))
    check_in_scale = models.CharField(_("check-in scale"), max_length=10, blank=True)
    check_in_weeks = models.JSONField(_("check-in after weeks"), default=list, blank=True)
    growth = models.CharField(
        _("grows like"), max_length=20, choices=Growth.choices, default=Growth.WALKING, db_default=Growth.WALKING
    )
    move_on_percent = models.PositiveSmallIntegerField(
        _("move on when this share of a week felt manageable (percent)"), default=75, db_default=75
    )
    small_after_days = models.PositiveSmallIntegerField(_("small version first after days"), default=4, db_default=4)
    repeat_after_days = models.PositiveSmallIntegerField(_("last comfortable week after days"), default=7, db_default=7)
    back_after_days = models.PositiveSmallIntegerField(_("one week before that after days"), default=14, db_default=14)
    restart_after_days = models.PositiveSmallIntegerField(
        _("from the first week after days"), default=60, db_default=60
    )
    is_published = models.BooleanField(_("published"), default=False)
    shown_needs: list[Need]  # by `with_needs`
    shown_weeks: list[Week]  # by `schedule_of`
    shown_contraindications: list[Contraindication]  # by `with_schedule`, as the next
    shown_citations: list[Citation]
    own_plans: int  # of who is about to copy it; by `plans.services.own_copies`
    file_digest = models.CharField(max_length=64, blank=True, editable=False)  # of the content file last loaded

    objects = PlanTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan template")
        verbose_name_plural = _("plan templates")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sessions_min__lte=F("sessions_max")), name="plan_sessions_range"),
            models.CheckConstraint(
                condition=Q(move_on_percent__gte=1, move_on_percent__lte=100), name="plan_move_on_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    small_after_days__gte=1,
                    small_after_days__lte=F("repeat_after_days"),
                    repeat_after_days__lte=F("back_after_days"),
                    back_after_days__lte=F("restart_after_days"),
                ),
                name="plan_gap_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        """A member's own title is said by their pages alone; this one ends up in lists of the admin."""
        return self.title if self.owner_id is None else self.slug

    def get_absolute_url(self) -> str:
        return reverse("plans:template", args=[self.slug])


class PartQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Parts of a plan are seen by whoever sees the plan. `template_path` leads from the part to it."""

    template_path = "template"

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(seen_by(viewer, f"{self.template_path}__"))


class Contraindication(models.Model):
    """When this plan is not for now."""

    template = models.ForeignKey(PlanTemplate, models.DB_CASCADE, related_name="contraindications")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))

    objects = PartQuerySet["Contraindication"].as_manager()

    class Meta:
        verbose_name = _("contraindication")
        verbose_name_plural = _("contraindications")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class Week(models.Model):
    """One week of a plan."""

    template = models.ForeignKey(PlanTemplate, models.DB_CASCADE, related_name="week_set")
    number = models.PositiveSmallIntegerField(_("week"))
    focus = models.CharField(_("focus"), max_length=160)
    shown_sessions: list[Session]  # by `schedule_of`

    objects = PartQuerySet["Week"].as_manager()

    class Meta:
        verbose_name = _("week")
        verbose_name_plural = _("weeks")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="week_number_unique")]

    def __str__(self) -> str:
        return str(self.number)


class SessionQuerySet(PartQuerySet["Session"]):
    template_path = "week__template"

    def in_order(self) -> Self:
        return self.order_by("week__template", "week__number", "number")

    def with_reasons(self, viewer: Viewer) -> Self:
        """Bring the exercise type, and the mechanisms that say why the session helps."""
        reasons = Mechanism.objects.visible_to(viewer).select_related("domain")
        reasons = reasons.order_by("domain__order", "order", "pk")
        return self.select_related("exercise_type").prefetch_related(
            Prefetch("mechanisms", reasons, to_attr="shown_mechanisms")
        )

    def knowing_reasons(self) -> Self:
        """Annotate whether the session has any reason, shown or not."""
        return self.annotate(has_reasons=Exists(Session.mechanisms.through.objects.filter(session=OuterRef("pk"))))


class Session(models.Model):
    """One step of a plan. The floor is never longer than the step.

    `amount` with its `unit` is what a ladder climbs (1 → 3 km, 5 → 10 repetitions); `origin` the
    step that this one was copied from, so that what was done of it stays done.
    """

    class Unit(models.TextChoices):
        KM = "km", _("km")
        REPETITIONS = "repetitions", _("repetitions")

    week = models.ForeignKey(Week, models.DB_CASCADE, related_name="sessions")
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
    amount = models.DecimalField(_("amount"), max_digits=6, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices, blank=True, db_default="")
    origin = models.ForeignKey("self", models.DB_SET_NULL, null=True, blank=True, related_name="+")
    mechanisms = LinksField(Mechanism, related_name="+", verbose_name=_("why it helps"))
    shown_mechanisms: list[Mechanism]  # by `with_reasons`
    has_reasons: bool  # by `knowing_reasons`
    reason_links: dict[int, int]  # key of a mechanism → of its link; by `plans.written`, as the next
    is_noted: bool  # some log is of it
    followed_by: Any  # an enrollment, or None; by `plans.services.log_subject`, as the next
    kind_said: ExerciseType | None  # that is noted of it, which may be another than its own

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
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="") | (Q(amount__gt=0) & ~Q(unit="")),
                name="session_amount_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
