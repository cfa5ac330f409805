"""Goals that a group reaches together, without a figure on any one person."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.models import Addressed
from core.visibility import OwnQuerySet, Viewer, VisibilityQuerySet
from groups.five import roughly
from groups.models.groups import Group
from groups.models.memberships import Membership
from plans.models import PlanTemplate


class GoalQuerySet(VisibilityQuerySet["Goal"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the members of the group."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(Exists(Membership.objects.current().filter(group=OuterRef("group"), person=viewer)))

    def open(self) -> Self:
        return self.filter(closed_at=None)


class Goal(Addressed):
    """What a group wants to reach together by a day. What is shown of it: `shown_total`, and only that.

    `shown_total` moves when at least five people have added to it since it last moved, so that nobody's part can be
    told from two readings. Days are days at the group's place.
    """

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("minutes in motion")
        TURN_OUTS = "turn_outs", pgettext_lazy("what counts", "turn-outs")
        OUTDOOR_MINUTES = "outdoors", _("minutes outdoors")

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    unit = models.CharField(_("what counts"), max_length=10, choices=Unit.choices)
    target = models.PositiveIntegerField(_("goal"), validators=[MinValueValidator(1)])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shown_total = models.PositiveIntegerField(_("reached"), default=0, editable=False)
    shown_at = models.DateTimeField(_("as of"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal together")
        verbose_name_plural = _("goals together")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="goal_ends_after_start"),
            models.CheckConstraint(condition=Q(target__gte=1), name="goal_is_something"),
        ]
        indexes = [models.Index(fields=["group", "ends_on"], name="goal_of_group")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:goal", args=[self.group.slug, self.uuid])

    @property
    def reached(self) -> int | None:
        """What is said to be reached: in whole steps, and nothing before five people have added to it."""
        return roughly(self.shown_total, ROUNDED_TO[Goal.Unit(self.unit)]) if self.shown_at else None


ROUNDED_TO = {Goal.Unit.MINUTES: 30, Goal.Unit.OUTDOOR_MINUTES: 30, Goal.Unit.TURN_OUTS: 5}


class GoalShare(models.Model):
    """Somebody lets their part count towards a goal. Off until they say so; nobody else sees who does."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since_at = models.DateTimeField(default=clock.now)

    objects = OwnQuerySet["GoalShare"].as_manager()

    class Meta:
        verbose_name = _("part in a goal")
        verbose_name_plural = _("parts in goals")
        constraints = [models.UniqueConstraint(fields=["goal", "person"], name="goal_share_once")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.person_id}"


class Contribution(models.Model):
    """What one day of one person added to what a goal shows. Written when it is shown, and it stays as it is.

    Whoever leaves or is erased is taken off the row (`person` None) and the amount stays, so a total never shrinks.
    """

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    local_on = models.DateField(_("day"))
    amount = models.PositiveIntegerField(_("amount"))

    objects = OwnQuerySet["Contribution"].as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [models.UniqueConstraint(fields=["goal", "person", "local_on"], name="contribution_once_a_day")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.local_on}"


class GroupPlanQuerySet(VisibilityQuerySet["GroupPlan"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """For the members of the group who may see the plan."""
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(
            Exists(Membership.objects.current().filter(group=OuterRef("group"), person=viewer)),
            template__in=PlanTemplate.objects.visible_to(viewer),
        )

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def held(self) -> Self:
        """Lock them after their plans: as by a plan's owner, who may be letting go of both."""
        return self.select_related("template").select_for_update(no_key=True, of=("template", "self"))


class GroupPlan(Addressed):
    """A plan that a group follows together, each at their own pace."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    template = models.ForeignKey(PlanTemplate, models.DB_CASCADE, related_name="+", verbose_name=_("plan"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    starts_on = models.DateField(_("first day"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    shown_steps = models.PositiveIntegerField(_("steps done together"), default=0, editable=False)
    shown_at = models.DateTimeField(_("as of"), null=True, blank=True, editable=False)

    objects = GroupPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan together")
        verbose_name_plural = _("plans together")
        constraints = [
            models.UniqueConstraint(fields=["group", "template"], condition=Q(ended_at=None), name="group_plan_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def steps(self) -> int | None:
        """The steps done together as they are said: in fives, and nothing before five people have done some."""
        return roughly(self.shown_steps, STEPS_ROUNDED_TO) if self.shown_at else None


STEPS_ROUNDED_TO = 5


class GroupPlanShare(models.Model):
    """Somebody follows the group's plan with a copy of their own. Nobody else sees who does, nor how far they are."""

    group_plan = models.ForeignKey(GroupPlan, models.DB_CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    enrollment = models.ForeignKey("plans.Enrollment", models.DB_CASCADE, related_name="+")
    since_at = models.DateTimeField(default=clock.now)

    objects = OwnQuerySet["GroupPlanShare"].as_manager()

    class Meta:
        verbose_name = _("part in a plan together")
        verbose_name_plural = _("parts in plans together")
        constraints = [models.UniqueConstraint(fields=["group_plan", "person"], name="group_plan_share_once")]

    def __str__(self) -> str:
        return f"{self.group_plan_id} {self.person_id}"
