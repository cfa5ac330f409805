"""The tick of delivery."""

import logging

from celery import shared_task

from core import clock
from notifications.services.delivery import deliver_due

log = logging.getLogger(__name__)


@shared_task(name="notifications.deliver")
def deliver() -> None:
    """Send what is due now."""
    if outcomes := deliver_due(now=clock.now()):
        log.info("deliveries: %s", dict(outcomes))
