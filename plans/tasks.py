"""The tick that forgets."""

from celery import shared_task

from core import clock
from plans.services.gone_logs import forget_gone


@shared_task(name="plans.forget_gone")
def forget() -> None:
    """Forget of logs that they were taken back, once they would be too old to come back."""
    forget_gone(now=clock.now())
