"""The ticks that forget."""

from celery import shared_task

from accounts.services.once import forget_replies
from accounts.services.sync import forget_what_is_gone
from core import clock


@shared_task(name="accounts.forget_replies")
def forget() -> None:
    """Delete kept replies that have expired."""
    forget_replies(now=clock.now())


@shared_task(name="accounts.forget_what_is_gone")
def forget_gone() -> None:
    """Delete what devices were told long ago is gone."""
    forget_what_is_gone(now=clock.now())
