"""Meetings that recur: the rule, and how far ahead its occurrences are made."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.groups import Group
from groups.models.memberships import asked_role
from groups.models.outings import Outing


class SeriesQuerySet(VisibilityQuerySet["Series"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Series of the groups that the viewer may see."""
        return self.filter(group__in=Group.objects.visible_to(viewer))

    def with_role_of(self, viewer: Viewer) -> Self:
        """Add what `rules.may` asks: what the viewer is in the group."""
        return self.annotate(**asked_role(viewer, "group"))

    def going_on(self) -> Self:
        return self.filter(ended_at=None)


class Series(Outing, Addressed):
    """A meeting that recurs by the clocks at its place: `rrule` (RFC 5545, days only) from `starts_on` at `at_time`.

    Occurrences are events of their own, made up to `made_until`. It goes on until `runs_until`, unless a host
    confirms it before. `revision` names one change of the series, so that its notice is sent once.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="series")
    follows = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by", editable=False
    )
    rrule = models.CharField(_("recurs"), max_length=200)
    starts_on = models.DateField(_("first day"))
    at_time = models.TimeField(_("time"))
    minutes = models.PositiveIntegerField(_("minutes"), validators=[MinValueValidator(5)])
    runs_until = models.DateField(_("runs until"))
    made_until = models.DateField(null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(runs_until__gte=F("starts_on")), name="series_ends_after_start"),
            *Outing.constraints_for("series"),
        ]
        indexes = [models.Index(fields=["made_until"], condition=Q(ended_at=None), name="series_going_on")]

    def __str__(self) -> str:
        return self.title

    def runs_on(self, day: date) -> bool:
        """Whether the series may have an occurrence on a day at its place."""
        return self.starts_on <= day <= self.runs_until
