"""Offering a plan and taking it back. What it needs for that is the gate's to say (`plans.services.gate`)."""

from django.db import transaction

from library.caching import content_changed
from plans.models import PlanTemplate
from plans.services.gate import require_ready, whole


@transaction.atomic
def publish_plan(*, template: PlanTemplate) -> PlanTemplate:
    """Offer the plan, or raise NotReady with everything it lacks, each on its field."""
    return publish(whole(template))


def publish(whole_plan: PlanTemplate) -> PlanTemplate:
    """Offer a plan that is locked, and came with all that the gate looks at."""
    require_ready(whole_plan)
    whole_plan.is_published = True
    whole_plan.save(update_fields=["is_published"])
    if whole_plan.owner_id is None:
        content_changed()
    return whole_plan


def withdraw_plan(*, template: PlanTemplate) -> None:
    """Offer the plan to nobody new. Whoever follows it keeps their logs."""
    PlanTemplate.objects.filter(pk=template.pk).update(is_published=False)
    content_changed()


@transaction.atomic
def keep_publishable(*, template: PlanTemplate) -> None:
    """Raise NotReady if the plan is offered and a change has left it short of what the gate asks for."""
    found = whole(template)
    if found.is_published:
        require_ready(found)
