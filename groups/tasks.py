"""Ticks of the groups: each reads the clock and calls one service."""

import logging

from celery import shared_task

from core import clock
from groups.services import answers, buddies, counting, pictures
from groups.services.absence import let_absent_step_back
from groups.services.occurrences import extend_all
from groups.services.requests import expire_requests
from groups.services.series import review_series

log = logging.getLogger(__name__)


@shared_task(name="groups.extend_series")
def extend_series() -> None:
    """Make the meetings that the horizon has reached."""
    if count := extend_all(now=clock.now()):
        log.info("occurrences made: %d", count)


@shared_task(name="groups.review_series")
def review() -> None:
    """Ask hosts of what ends soon, and end what nobody confirmed."""
    review_series(now=clock.now())


@shared_task(name="groups.check_greeters")
def check_greeters() -> None:
    """Call nothing good for a first time whose greeter has gone."""
    let_absent_step_back(now=clock.now())


@shared_task(name="groups.fill_kept_seats")
def fill_kept_seats() -> None:
    """Give away what was kept for those in line whom it is too few for, within a day of the start."""
    answers.fill_kept_seats(now=clock.now())


@shared_task(name="groups.forget_files")
def forget_files() -> None:
    """Delete the files of pictures whose rows are gone."""
    if count := pictures.forget_orphans(now=clock.now()):
        log.info("files without a row deleted: %d", count)


@shared_task(name="groups.count_together")
def count() -> None:
    """Add up goals and plans where it is four at night, and remove what blocks have ended."""
    counting.count_together(now=clock.now())
    buddies.forget_parted()


@shared_task(name="groups.expire_requests")
def expire() -> None:
    """End the requests to join that nobody answered in time."""
    if count := expire_requests(now=clock.now()):
        log.info("requests expired: %d", count)
