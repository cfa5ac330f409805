"""How long a tick of planning takes with 1,000 cues due, among 10,000 active enrollments and among 1,000,000.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.planning [--many 1000000] [--rounds 7]

Exits with 1 when the many cost more than twice the few (PostgreSQL). Runs in a database of its own.
"""

import argparse
import os
import statistics
import sys
from datetime import UTC, datetime, timedelta
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")
os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")  # a million rows at once

import django

django.setup()

from django.db import connection

from accounts.models import User
from bench.rows import analyze, multiply, own_database
from notifications.models import Notification
from plans.models import Cue, Enrollment, PlanTemplate
from reminders.services.planning import plan_reminders

DUE, FEW = 1000, 10_000
NOW = datetime.now(UTC).replace(microsecond=0)


def first_rows() -> tuple[User, Enrollment, Cue]:
    person = User.objects.create(pk=1, email="p1@people.example", time_zone="UTC", password="!")
    template = PlanTemplate.objects.create(slug="a-plan", title="A plan", weeks=1, sessions_min=1, sessions_max=1)
    words = {"when_text": "it is noon", "then_text": "walk"}
    enrollment = Enrollment.objects.create(
        pk=1, person=person, template=template, starts_on=NOW.date() - timedelta(days=30),
        created_at=NOW - timedelta(days=30), **words,
    )  # fmt: skip
    return (
        person,
        enrollment,
        Cue.objects.create(pk=1, enrollment=enrollment, weekday=NOW.weekday(), at_time=NOW.time()),
    )


def grow(rows: tuple[User, Enrollment, Cue], first: int, last: int) -> None:
    """Let people first … last follow the plan; their cues come round at some time of the coming week."""
    person, enrollment, cue = rows
    multiply(person, first, last, email="'p' || n.i || '@people.example'")
    multiply(enrollment, first, last, person_id="n.i")
    multiply(cue, first, last, enrollment_id="n.i", next_at=in_the_coming_week())
    analyze()


def in_the_coming_week() -> str:
    seconds = "(3600 + (n.i % 86400) * 7)"
    if connection.vendor == "postgresql":
        return f"timestamptz '{NOW.isoformat()}' + {seconds} * interval '1 second'"
    return f"strftime('%Y-%m-%d %H:%M:%f', '{NOW:%Y-%m-%d %H:%M:%S}', '+' || {seconds} || ' seconds')"


def one_tick() -> float:
    Notification.objects.all().delete()
    Cue.objects.filter(pk__lte=DUE).update(next_at=NOW)
    started = perf_counter()
    count = plan_reminders(now=NOW)
    took = perf_counter() - started
    assert count == DUE, count
    return took


def median_of(rounds: int) -> float:
    one_tick()  # warm
    return statistics.median(one_tick() for _ in range(rounds))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with own_database():
        rows = first_rows()
        grow(rows, 2, FEW)
        few = median_of(options.rounds)
        grow(rows, FEW + 1, options.many)
        many = median_of(options.rounds)
    ratio = many / few
    print(
        f"{connection.vendor}: a tick with {DUE} due takes {few * 1000:.0f} ms among {FEW:,}, "
        f"{many * 1000:.0f} ms among {options.many:,}: {ratio:.2f} times (at most 2)"
    )
    return 1 if ratio > 2 and connection.vendor == "postgresql" else 0


if __name__ == "__main__":
    sys.exit(main())
