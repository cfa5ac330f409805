"""Plans and sends when nobody else does: the clock and the hands without a broker."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.db.utils import Error as DatabaseError

from core import clock
from mindmove import liveness
from mindmove.standing_by import Rest
from notifications.models import Delivery
from notifications.services.ticks import PLANNED, is_overdue, sent_by
from notifications.tasks import deliver
from reminders.tasks import plan, plan_what_comes_seldom

log = logging.getLogger(__name__)


def plan_all() -> None:
    plan()
    plan_what_comes_seldom()


JOBS: dict[str, Callable[[], object]] = {
    PLANNED: plan_all,
    **{sent_by(channel): partial(deliver, channel) for channel in Delivery.Channel.values},
}


class Command(BaseCommand):
    """Looks every few seconds whether planners and senders are at work, and does their work while they are not.

    Needs the database alone. Any number may run, beside any number of workers: what is due is claimed there.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--after", type=float, default=45, help="seconds of silence before it steps in")
        parser.add_argument("--every", type=float, default=5, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on until told to stop."""
        rest = Rest.until_told()
        while not rest.is_over:
            liveness.touch()
            step_in(after=timedelta(seconds=options["after"]))
            close_old_connections()
            rest.take(options["every"])


def step_in(*, after: timedelta) -> list[str]:
    """Do what nobody has done for longer than `after`; return the names. A database that is away is waited for."""
    done = []
    try:
        for name, job in JOBS.items():
            if is_overdue(name, after=after, now=clock.now()):
                log.warning("nobody did %s for %s; standing in", name, after)
                job()
                done.append(name)
    except DatabaseError as error:
        log.warning("database away: %s", type(error).__name__)
    return done
