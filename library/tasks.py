"""The tick of publication."""

import logging

from celery import shared_task

from core import clock
from library.services.publishing import publish_due

log = logging.getLogger(__name__)


@shared_task(name="library.publish")
def publish() -> None:
    """Publish the pages whose set time has come."""
    if count := publish_due(now=clock.now()):
        log.info("pages published: %d", count)
