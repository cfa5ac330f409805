"""The tick of delivery."""

from celery import shared_task

from core import clock
from notifications.services.delivery import deliver_due


@shared_task(name="notifications.deliver")
def deliver() -> None:
    """Send what is due now."""
    deliver_due(now=clock.now())
