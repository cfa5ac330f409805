"""Plans that members share with their group."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.groups import Group
from groups.models.memberships import Membership, named_to
from plans.models import PlanTemplate


class PlanShareQuerySet(VisibilityQuerySet["PlanShare"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """What those who take part share, for their fellow members, without blocked people; nobody else knows of it."""
        if not viewer.is_authenticated:
            return self.none()
        current = Membership.objects.current().filter(group=OuterRef("group"))
        return self.filter(
            Exists(current.filter(person=viewer.pk)),
            Exists(current.filter(named_to(viewer.pk), person=OuterRef("shared_by"), person__is_active=True)),
            Q(template__owner__isnull=True) | Q(template__owner=models.F("shared_by")),
            shared_by__in=User.objects.visible_to(viewer),
            template__is_published=True,
        )


class PlanShare(Addressed):
    """A plan that a member shows to their group. Only the owner of a plan shares it."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    template = models.ForeignKey(PlanTemplate, models.DB_CASCADE, related_name="+", verbose_name=_("plan"))
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared plan")
        verbose_name_plural = _("shared plans")
        constraints = [models.UniqueConstraint(fields=["group", "template"], name="plan_share_once")]

    def __str__(self) -> str:
        return str(self.uuid)
