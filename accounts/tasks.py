"""The ticks that forget."""

import logging

from celery import shared_task

from accounts.services.credentials import forget_sessions
from accounts.services.erasure import erase_due
from accounts.services.once import forget_replies
from accounts.services.sync import forget_what_is_gone
from core import clock

log = logging.getLogger(__name__)


@shared_task(name="accounts.forget_replies")
def forget() -> None:
    """Delete kept replies that have expired."""
    forget_replies(now=clock.now())


@shared_task(name="accounts.forget_sessions")
def forget_over() -> None:
    """Delete the sessions that are over."""
    forget_sessions(now=clock.now())


@shared_task(name="accounts.forget_what_is_gone")
def forget_gone() -> None:
    """Delete what devices were told long ago is gone."""
    forget_what_is_gone(now=clock.now())


@shared_task(name="accounts.erase")
def erase() -> None:
    """Delete the accounts whose people asked for it seven days ago."""
    if count := erase_due(now=clock.now()):
        log.info("accounts deleted: %d", count)
