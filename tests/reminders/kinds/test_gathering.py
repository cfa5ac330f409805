"""Many reminders at once: each is its own person's, and one more asks nothing more of the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from plans.models import Enrollment, Pause, PlanTemplate, SessionLog
from reminders.services.planning import plan_reminders
from reminders.services.seldom import plan_seldom
from tests.kit.cast import make_person
from tests.reminders.conftest import follow, make_template
from tests.reminders.kinds.test_seldom import note

pytestmark = pytest.mark.django_db

SUNDAY_AT_SIX = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin


def plan_cues(people: list[User]) -> datetime:
    template = make_template()
    for person in people:
        follow(person, (1, time(10)), template=template, then_text=f"walk, {person.email}")
    plan_reminders(now=TUESDAY)
    return TUESDAY


def plan_look_backs(people: list[User]) -> datetime:
    for person in people:
        note(person)
    plan_seldom(now=SUNDAY_AT_SIX)
    return SUNDAY_AT_SIX


def answers(now: datetime) -> tuple[dict[User, object], int]:
    """Return what is said to whom, and how much was asked for it."""
    rows = list(Notification.objects.select_related("person"))
    with CaptureQueriesContext(connection) as asked:
        prepare = kinds.preparing(rows, now)
        said = {row.person: prepare[row.kind](row, now) for row in rows}
    return said, len(asked)


@pytest.mark.parametrize("plan", [plan_cues, plan_look_backs])
def test_one_more_asks_nothing_more(plan: Callable[[list[User]], datetime]) -> None:
    now = plan([make_person("first")])
    _said, alone = answers(now)
    Notification.objects.all().delete()
    Enrollment.objects.all().delete()
    SessionLog.objects.all().delete()

    said, together = answers(_again(plan))

    assert together == alone
    assert len(said) == 3
    assert all(isinstance(each, Content) for each in said.values())


def _again(plan: Callable[[list[User]], datetime]) -> datetime:
    PlanTemplate.objects.all().delete()
    return plan([make_person(name) for name in ("second", "third", "fourth")])


def test_each_cue_is_its_own_persons() -> None:
    people = [make_person(name) for name in ("one", "other", "third")]
    now = plan_cues(people)
    of_other = Enrollment.objects.get(person=people[1])
    SessionLog.objects.filter(pk=note(people[1], now.date()).pk).update(enrollment=of_other)
    Pause.objects.create(person=people[2], starts_on=date(2026, 3, 9))

    said, _asked = answers(now)

    assert said[people[0]].context["sentences"][0]["then_text"] == "walk, one@people.example"
    assert said[people[1]] == Hold("already_done")
    assert said[people[2]] != said[people[0]]
    assert not isinstance(said[people[2]], Content)


def test_each_look_back_is_its_own_persons() -> None:
    people = [make_person(name) for name in ("one", "other", "third")]
    now = plan_look_backs(people)
    SessionLog.objects.filter(person=people[1]).delete()
    note(people[1], date(2026, 3, 4) - timedelta(days=7))
    Pause.objects.create(person=people[2], starts_on=date(2026, 3, 7))

    said, _asked = answers(now)

    assert isinstance(said[people[0]], Content)
    assert said[people[1]] == Hold("nothing_to_tell")
    assert said[people[2]] == Hold("paused")
