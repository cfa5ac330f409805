"""Which plans a viewer knows of through their groups: a source of `plans.sharing`, and what the group's page shows."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from core.visibility import Viewer
from groups.models import Group, PlanShare
from groups.models.sharing import PlanShareQuerySet
from plans.models import Enrollment, PlanTemplate
from plans.models.templates import PlanTemplateQuerySet
from plans.sharing import register


def shared_with(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the keys of the plans shared with the viewer, as a query."""
    return PlanShare.objects.visible_to(viewer).order_by().values("template")


def shares_seen_by(viewer: Viewer, group: Group) -> PlanShareQuerySet:
    """Return what the group shares as the viewer sees it, with plan and sharer, the newest first.

    `is_followed` says whether the viewer follows a copy; nobody else's following is asked for.
    """
    copies = Enrollment.objects.visible_to(viewer).active().filter(template__copied_from=OuterRef("template"))
    shown = PlanShare.objects.visible_to(viewer).filter(group=group).annotate(is_followed=Exists(copies))
    return shown.select_related("template", "shared_by").order_by("-created_at", "-pk")


def shareable_by(person: User, group: Group) -> PlanTemplateQuerySet:
    """Return the plans that the person may share with the group and that it does not show yet, their own first."""
    there = PlanShare.objects.visible_to(person).filter(group=group).values("template")
    offered = PlanTemplate.objects.visible_to(person).filter(is_published=True).exclude(pk__in=there)
    return offered.filter(Q(owner=person.pk) | Q(owner__isnull=True)).order_by(
        F("owner").asc(nulls_last=True), "order", "pk"
    )


def register_source() -> None:
    register(shared_with)
