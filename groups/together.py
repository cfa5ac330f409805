"""What a viewer sees of the goal and the plans that a group has together: of several people, never of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core.visibility import Viewer
from groups.drawing.landscape import Landscape, landscape
from groups.models import Goal, GoalShare, Group, GroupPlan, GroupPlanShare, PlanShare
from groups.models.goals import GoalQuerySet, GroupPlanQuerySet
from plans.models import Enrollment, PlanTemplate
from plans.models.templates import PlanTemplateQuerySet

STAYS_SHOWN = timedelta(days=30)  # what was reached, after its end


@dataclass(frozen=True)
class GoalShown:
    """A goal as it is drawn; `is_mine`: the viewer's own part counts."""

    goal: Goal
    is_mine: bool

    @property
    def picture(self) -> Landscape:
        return landscape(self.goal.reached or 0, self.goal.target, seed=self.goal.uuid.int)

    @property
    def is_reached(self) -> bool:
        return (self.goal.reached or 0) >= self.goal.target

    @property
    def quarters(self) -> int:
        """How far it is, for whoever hides numbers: 0 to 4."""
        return min(4, (self.goal.reached or 0) * 4 // self.goal.target)


def goals_seen_by(viewer: Viewer, group: Group) -> GoalQuerySet:
    """Return the group's goals, the newest first, with `is_mine`."""
    return all_goals_seen_by(viewer).filter(group=group)


def all_goals_seen_by(viewer: Viewer) -> GoalQuerySet:
    """Return the goals of all groups of the viewer, as `goals_seen_by` does those of one."""
    mine = GoalShare.objects.visible_to(viewer).filter(goal=OuterRef("pk"))
    goals = Goal.objects.visible_to(viewer).annotate(is_mine=Exists(mine))
    return goals.select_related("group").order_by("-created_at")


def group_plans_seen_by(viewer: Viewer, group: Group) -> GroupPlanQuerySet:
    """Return the plans that the group follows, the newest first, with their template and `is_mine`."""
    return all_group_plans_seen_by(viewer).filter(group=group)


def all_group_plans_seen_by(viewer: Viewer) -> GroupPlanQuerySet:
    """Return the plans that all groups of the viewer follow, as `group_plans_seen_by` does those of one."""
    mine = GroupPlanShare.objects.visible_to(viewer).filter(group_plan=OuterRef("pk"))
    shown = GroupPlan.objects.visible_to(viewer).open().annotate(is_mine=Exists(mine))
    return shown.select_related("template").order_by("-created_at")


def plans_for(viewer: Viewer, group: Group) -> PlanTemplateQuerySet:
    """Return the plans that the group may follow together: those everybody knows, and those it shares."""
    shared = PlanShare.objects.visible_to(viewer).filter(group=group).values("template")
    offered = PlanTemplate.objects.visible_to(viewer).filter(is_published=True)
    return offered.filter(Q(owner__isnull=True) | Q(pk__in=shared)).order_by("owner", "order", "pk")


def shown_goal(goal: Any) -> GoalShown:
    """Return a goal of `goals_seen_by` as it is drawn."""
    return GoalShown(goal, goal.is_mine)


def together_of(viewer: Viewer, group: Group, *, now: datetime) -> dict[str, Any]:
    """Return what the group's page shows: the running goal, or the one that ended lately, and the plans."""
    goals = goals_seen_by(viewer, group).filter(Q(closed_at=None) | Q(closed_at__gt=now - STAYS_SHOWN))
    goal = goals.first() if viewer.is_authenticated else None
    return {
        "shown_goal": shown_goal(goal) if goal else None,
        "group_plans": group_plans_seen_by(viewer, group),
    }


def my_enrollment(viewer: Viewer, group_plan: GroupPlan) -> Enrollment | None:
    """Return the plan that the viewer follows already, when it is the group's or a copy of it."""
    mine = Enrollment.objects.visible_to(viewer).active()
    of_it = Q(template=group_plan.template_id) | Q(template__copied_from=group_plan.template_id)
    return mine.filter(of_it).select_related("template").order_by("-created_at").first()
