"""The tick of planning."""

from celery import shared_task

from core import clock
from reminders.services.planning import plan_reminders


@shared_task(name="reminders.plan")
def plan() -> None:
    """Put what is due now into the outbox."""
    plan_reminders(now=clock.now())
