"""The ticks of planning."""

from celery import shared_task

from core import clock
from notifications.services.ticks import PLANNED, note_tick
from reminders.services.planning import plan_reminders
from reminders.services.seldom import plan_seldom


@shared_task(name="reminders.plan")
def plan() -> None:
    """Put what is due now into the outbox."""
    plan_reminders(now=clock.now())
    note_tick(PLANNED, now=clock.now())


@shared_task(name="reminders.plan_seldom")
def plan_what_comes_seldom() -> None:
    """Put looks back on the week and invitations into the outbox."""
    plan_seldom(now=clock.now())
