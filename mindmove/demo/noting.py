"""What somebody noted week after week, with a guess beforehand: enough for their numbers to say something."""

from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from core import clock
from library.models import ExerciseType
from plans.services.logs import log_session


def note_weeks(row: dict[str, Any], person: User, *, now: datetime) -> None:
    """Note the occasions of each of the weeks before this one, except those of `rest`."""
    kinds = {kind.slug: kind for kind in ExerciseType.objects.visible_to(person)}
    monday = clock.local_day(now, person.time_zone)
    monday -= timedelta(days=monday.weekday())
    for number in set(range(1, row["weeks"] + 1)) - set(row["rest"]):
        for occasion in row["occasions"]:
            day = monday - timedelta(weeks=number) + timedelta(days=occasion["day"])
            done_at = clock.instant_of(day, time.fromisoformat(occasion["at"]), person.time_zone)
            _note(occasion, person, kinds[occasion["kind"]], number, done_at)


def _note(occasion: dict[str, Any], person: User, kind: ExerciseType, number: int, done_at: datetime) -> None:
    guess, before, after, mastery, pleasure = occasion["felt"][number % len(occasion["felt"])]
    log_session(
        person=person,
        now=done_at,
        started_at=done_at - timedelta(minutes=occasion["minutes"]),
        guess=guess,
        exercise_type=kind,
        mood_before=before,
        mood_after=after,
        mastery=mastery,
        pleasure=pleasure,
        **{name: occasion[name] for name in ("minutes", "intensity", "setting", "company")},
    )
