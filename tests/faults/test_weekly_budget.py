"""Two senders at once do not exceed the weekly budget, by not even one."""

from datetime import datetime

import pytest

from accounts.models import User
from core import clock
from notifications.models import Delivery
from notifications.services import budget
from notifications.services.claims import claim, still_ours
from notifications.services.outbox import notify
from tests.faults.parallel import all_at_once
from tests.notifications.conftest import make_reachable

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 10
PLACES, RIVALS = 2, 8


def race(number: int, now: datetime) -> int:
    """Let many senders keep a place for a message to one person at the same moment; return how many may send."""
    person = make_reachable(f"mika-{number}", weekly_message_budget=PLACES)
    for rival in range(RIVALS):
        notify(person=person, kind="session_cue", about_id="1", dedupe_key=f"{number} {rival}", now=now)
    mails = [claim(now=now, limit=1)[0] for _ in range(RIVALS)]

    def begin(mine: Delivery) -> object:
        return bool(budget.keep_places(still_ours([mine]), now=now))

    return all_at_once([lambda mine=mine: begin(mine) for mine in mails]).count(True)


def test_the_budget_is_exact() -> None:
    now = clock.now()

    assert [race(number, now) for number in range(ROUNDS)] == [PLACES] * ROUNDS
    assert User.objects.count() == ROUNDS


def test_control_without_the_lock_it_is_exceeded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    monkeypatch.setattr(budget, "lock_people", lambda *_: None)

    assert max(race(number, now) for number in range(ROUNDS)) > PLACES
