"""Offering a plan and taking it back. What it needs for that is the gate's to say (`plans.services.gate`)."""

from django.db import transaction

from library.caching import content_changed
from plans.models import PlanTemplate
from plans.services.gate import require_ready, whole


@transaction.atomic
def publish_plan(*, template: PlanTemplate) -> PlanTemplate:
    """Offer the plan, or raise NotReady with everything it lacks, each on its field."""
    found = whole(template)
    require_ready(found)
    found.is_published = True
    found.save(update_fields=["is_published"])
    if found.owner_id is None:
        content_changed()
    return found


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
