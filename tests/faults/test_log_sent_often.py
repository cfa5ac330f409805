"""C3 for logs: what a phone sends twenty times at once is noted once, with the guess of its beginning."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import sleep
from uuid import UUID

import pytest
from django.db import connection

from accounts.models import User
from plans.models import Beginning, MoodRating, Pause, SessionLog
from plans.services.beginnings import begin
from plans.services.logs import log_session
from plans.services.pauses import pause_plans
from tests.faults.parallel import Act, all_at_once
from tests.kit.cast import make_person
from tests.plans.kit import make_enrollment, make_plan, sessions_of

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

AT_ONCE, ROUNDS = 20, 5


def noting(person: User, address: UUID, now: datetime) -> Act:
    """Send what only the beginning makes whole: no kind, no minutes, no step."""
    return lambda: log_session(person=person, now=now, uuid=address, mood_after=6)


def test_a_log_sent_twenty_times_at_once_is_one_row(now: datetime) -> None:
    person, session = make_person("ada"), sessions_of(make_plan())[0]
    for number in range(ROUNDS):
        begun = begin(person=person, now=now + timedelta(hours=number), session=session, guess=3)
        after = begun.started_at + timedelta(minutes=12)

        answers = all_at_once([noting(person, begun.uuid, after) for _ in range(AT_ONCE)])

        log = SessionLog.objects.get(uuid=begun.uuid)
        assert answers == [log] * AT_ONCE
        assert log.session == session
        moods = MoodRating.objects.visible_to(person).filter(log=log)
        assert dict(moods.values_list("moment", "value")) == {"guess": 3, "after": 6}
    assert not Beginning.objects.visible_to(person).exists()
    assert SessionLog.objects.count() == ROUNDS


@pytest.fixture
def slowly() -> Iterator[None]:
    """Let each log take its time when it is written."""
    waits = "begin perform pg_sleep(0.4); return new; end"
    on = "before insert on plans_sessionlog for each row execute function slowly()"
    with connection.cursor() as cursor:
        cursor.execute(f"create function slowly() returns trigger as $$ {waits} $$ language plpgsql")
        cursor.execute(f"create trigger slowly {on}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop trigger slowly on plans_sessionlog")
        cursor.execute("drop function slowly()")


def test_what_was_begun_days_ago_is_noted_while_the_next_step_begins(now: datetime, slowly: None) -> None:
    person, plan = make_person("ada"), make_plan()
    followed, step = make_enrollment(person, plan), sessions_of(plan)[0]
    begun, later = begin(person=person, now=now, session=step), now + timedelta(days=8)

    def begin_next() -> Beginning:
        sleep(0.15)
        return begin(person=person, now=later, session=step)

    noted, following = all_at_once([noting(person, begun.uuid, later), begin_next])

    assert isinstance(noted, SessionLog), noted
    assert isinstance(following, Beginning), following
    assert noted.enrollment == following.enrollment == followed
    assert list(Beginning.objects.visible_to(person)) == [following]


def test_pausing_everything_twenty_times_at_once_is_one_pause(now: datetime) -> None:
    person = make_person("ada")
    all_at_once([lambda: pause_plans(person=person, now=now) for _ in range(AT_ONCE)])
    assert Pause.objects.visible_to(person).count() == 1


def test_control_without_the_lock_there_are_more(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_: self)
    people = [make_person(f"person-{number}") for number in range(ROUNDS)]
    for person in people:
        all_at_once([lambda person=person: pause_plans(person=person, now=now) for _ in range(AT_ONCE)])
    assert any(Pause.objects.visible_to(person).count() > 1 for person in people)
