"""How long the data of "What my own numbers say" takes, beside a control that only reads the same rows.

    python bench/insights.py [--logs 5000] [--rounds 15]

One person, `--logs` things done over some years, each with a guess, a mood before and after, mastery and pleasure. The
two take turns, so that a busy machine slows both alike. The control reads the same rows with bare `values_list`, and
does nothing with them. The promise is a median below 150 ms for 5,000 logs over all time.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mindmove-bench-")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from library.models import ExerciseType
from plans.models import MoodRating, Reflection, SessionLog
from plans.numbers.reading import Span, numbers_of

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def make_logs(count: int) -> User:
    chance = random.Random(7)
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    person = User.objects.create_user("bench@people.example", None, time_zone="Europe/Berlin")
    kinds = list(ExerciseType.objects.get_queryset())
    logs = []
    for number in range(count):
        done_at = NOW - timedelta(hours=5 * number + chance.randrange(4))
        place = {
            "setting": chance.choice(SessionLog.Setting.values),
            "company": chance.choice(SessionLog.Company.values),
        }
        logs.append(
            SessionLog(
                person=person, exercise_type=chance.choice(kinds), minutes=chance.randrange(3, 60), intensity="light",
                done_at=done_at, local_on=done_at.date(), time_zone="Europe/Berlin", **place,
            )
        )  # fmt: skip
    logs = SessionLog.objects.bulk_create(logs)
    moments = MoodRating.Moment.values
    MoodRating.objects.bulk_create(
        MoodRating(log=log, moment=moment, value=min(7, chance.randrange(1, 7) + place // 2), rated_at=log.done_at)
        for log in logs
        for place, moment in enumerate(moments)
    )
    Reflection.objects.bulk_create(
        Reflection(log=log, mastery=chance.randrange(11), pleasure=chance.randrange(11)) for log in logs
    )
    return person


def bare(person: User) -> None:
    logs = SessionLog.objects.visible_to(person)
    list(
        logs.values_list(
            "pk", "local_on", "minutes", "exercise_type__slug", "setting", "company", "started_at", "done_at",
            "time_zone",
        )
    )  # fmt: skip
    list(MoodRating.objects.visible_to(person).values_list("log_id", "moment", "value"))
    list(Reflection.objects.visible_to(person).values_list("log_id", "mastery", "pleasure"))


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--logs", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    person = make_logs(options.logs)
    with CaptureQueriesContext(connection) as made:
        found = numbers_of(person, now=NOW, span=Span.ALL)
    rounds = [
        (milliseconds(lambda: numbers_of(person, now=NOW, span=Span.ALL)), milliseconds(lambda: bare(person)))
        for _ in range(options.rounds)
    ]
    data, control = zip(*rounds, strict=True)
    print(f"{connection.vendor}, {found.count} logs, {len(made)} queries, {found.findings.compared} comparisons")
    for name, times in (("my numbers", data), ("bare values_list of the same rows", control)):
        print(f"{name}: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    ratios = [one / other for one, other in rounds]
    print(f"ratio: median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
