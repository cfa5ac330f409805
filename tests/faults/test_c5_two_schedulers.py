"""C5: two schedulers reach the same series at the same moment, and every day gets one meeting."""

from datetime import UTC, datetime, timedelta

import pytest

from groups.models import Event, Series
from groups.models.series import SeriesQuerySet
from groups.services import occurrences
from groups.services.occurrences import extend_all
from tests.faults.parallel import all_at_once
from tests.groups.services.test_series import make_series
from tests.kit.cast import Cast

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS, SCHEDULERS, WEEKS = 20, 4, 3


def extended_at_once(cast: Cast, now: datetime) -> tuple[list[object], int]:
    """Let several schedulers extend one series by `WEEKS`; return what each answered, and how many days are new."""
    series = make_series(cast, now)
    before = Event.objects.filter(series=series).count()
    later = now + timedelta(weeks=WEEKS)
    answers = all_at_once([lambda: extend_all(now=later)] * SCHEDULERS)
    made = Event.objects.filter(series=series).count() - before
    Series.objects.filter(pk=series.pk).update(ended_at=datetime(2026, 3, 10, tzinfo=UTC))
    return answers, made


def test_every_day_gets_one_meeting(cast: Cast, now: datetime) -> None:
    for _round in range(ROUNDS):
        answers, made = extended_at_once(cast, now)
        assert sorted(answers, key=str) == [0] * (SCHEDULERS - 1) + [WEEKS]
        assert made == WEEKS


def test_control_without_the_locks_schedulers_collide(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SeriesQuerySet, "select_for_update", lambda self, **_: self)
    monkeypatch.setattr(occurrences, "lock_group", lambda group: group)
    answered = [answer for _round in range(ROUNDS) for answer in extended_at_once(cast, now)[0]]
    assert any(isinstance(answer, Exception) for answer in answered)
