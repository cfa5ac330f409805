"""The ticks of delivery, one for each channel."""

import logging

from celery import shared_task

from core import clock
from notifications.services.delivery import deliver_due
from notifications.services.inbox import note_all_unread
from notifications.services.ticks import note_tick, sent_by

log = logging.getLogger(__name__)


@shared_task(name="notifications.deliver")
def deliver(channel: str) -> None:
    """Send what is due now by this channel."""
    if outcomes := deliver_due(now=clock.now(), channel=channel):
        log.info("deliveries by %s: %s", channel, dict(outcomes))
    note_tick(sent_by(channel), now=clock.now())


@shared_task(name="notifications.count_unread")
def count_unread() -> None:
    """Let what came a month ago no longer call."""
    note_all_unread(now=clock.now())
