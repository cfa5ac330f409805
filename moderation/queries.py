"""What pages and answers show of reports and decisions, in a fixed number of queries, as one viewer sees it."""

from typing import Any

from django.db.models import Prefetch

from core.visibility import Viewer
from moderation.models import Appeal, Decision, Report
from moderation.models.reports import DecisionQuerySet, ReportQuerySet


def reports_by(person: Viewer) -> ReportQuerySet:
    """Return the person's own reports with what was decided, newest first."""
    return Report.objects.visible_to(person).select_related("decision").order_by("-created_at", "-pk")


def decisions_about(person: Viewer) -> DecisionQuerySet:
    """Return what was decided about the person and told to them, each with `shown_appeals`, newest first."""
    told = Decision.objects.visible_to(person)
    appeals = Prefetch("appeal", Appeal.objects.visible_to(person), to_attr="shown_appeal")
    return told.prefetch_related(appeals).order_by("-created_at", "-pk")


def shown_appeal(decision: Any) -> Appeal | None:
    """Return the appeal against a decision of `decisions_about`, or None."""
    found: Appeal | None = getattr(decision, "shown_appeal", None)
    return found
