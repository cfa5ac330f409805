"""The day before and two hours before, never in quiet hours, and never lost to them."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from groups.models import Event, Rsvp
from notifications.models import Notification
from reminders.lookups.events import due_events
from reminders.services.planning import plan_reminders

pytestmark = pytest.mark.django_db

Going = Callable[..., Rsvp]


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def kinds_at(now: datetime) -> list[str]:
    return [due.kind for due in due_events(now=now)]


def test_the_day_before_and_two_hours_before(going: Going) -> None:
    going(berlin(2026, 3, 11, 18, 0))

    assert kinds_at(berlin(2026, 3, 10, 17, 59)) == []
    assert kinds_at(berlin(2026, 3, 10, 18, 0)) == ["event_day_before"]
    assert kinds_at(berlin(2026, 3, 11, 0, 0)) == []  # too late for the day before
    assert kinds_at(berlin(2026, 3, 11, 15, 59)) == []
    assert kinds_at(berlin(2026, 3, 11, 16, 0)) == ["event_soon"]
    assert kinds_at(berlin(2026, 3, 11, 18, 0)) == []


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        ((8, 0), (11, 7, 0)),  # usually at six: when the quiet ends, an hour before
        ((7, 30), (11, 7, 0)),  # half an hour before still helps
        ((7, 29), (10, 21, 0)),  # it would not: the evening before
        ((6, 30), (10, 21, 0)),
        ((9, 0), (11, 7, 0)),
    ],
)
def test_quiet_hours_do_not_lose_an_event_of_the_same_morning(starts: tuple, told: tuple, going: Going) -> None:
    going(berlin(2026, 3, 11, *starts))
    moment = berlin(2026, 3, *told)

    assert "event_soon" not in kinds_at(moment - timedelta(seconds=1))
    assert "event_soon" in kinds_at(moment)


@pytest.mark.parametrize("hour", range(24))
def test_no_event_reminder_comes_due_in_quiet_hours(hour: int, going: Going) -> None:
    going(berlin(2026, 3, 11, hour, 0))
    first = berlin(2026, 3, 10, hour, 1)

    ticks = [first + n * timedelta(minutes=15) for n in range(24 * 4)]
    soon = next(tick for tick in ticks if "event_soon" in kinds_at(tick))

    assert time(7, 0) <= soon.astimezone(ZoneInfo("Europe/Berlin")).time() < time(21, 30)


def test_not_of_what_was_said_since_it_was_due(going: Going) -> None:
    going(berlin(2026, 3, 11, 18, 0), answered_at=berlin(2026, 3, 11, 16, 30))

    assert kinds_at(berlin(2026, 3, 11, 16, 31)) == []


def test_a_seat_given_since_counts_as_said(going: Going) -> None:
    rsvp = going(berlin(2026, 3, 11, 18, 0))
    Rsvp.objects.filter(pk=rsvp.pk).update(promoted_at=berlin(2026, 3, 11, 16, 30))

    assert kinds_at(berlin(2026, 3, 11, 16, 31)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(status=Event.Status.CANCELLED),
        lambda: Rsvp.objects.update(status=Rsvp.Status.DECLINED),
        lambda: Rsvp.objects.update(status=Rsvp.Status.MAYBE),
        lambda: User.objects.update(is_active=False),
    ],
)
def test_only_who_is_going_to_what_is_on(change: Callable[[], int], going: Going) -> None:
    going(berlin(2026, 3, 11, 18, 0))
    change()

    assert kinds_at(berlin(2026, 3, 11, 16, 0)) == []


def test_moving_the_event_moves_its_reminder(going: Going) -> None:
    rsvp = going(berlin(2026, 3, 11, 18, 0))
    plan_reminders(now=berlin(2026, 3, 11, 16, 0))
    later = berlin(2026, 3, 11, 20, 0)
    Event.objects.filter(pk=rsvp.event_id).update(starts_at=later, ends_at=later + timedelta(hours=1))

    plan_reminders(now=berlin(2026, 3, 11, 17, 0))
    assert Notification.objects.filter(kind="event_soon").count() == 1
    plan_reminders(now=berlin(2026, 3, 11, 18, 0))
    plan_reminders(now=berlin(2026, 3, 11, 18, 0))

    told = Notification.objects.filter(kind="event_soon").order_by("pk").values_list("occurrence", flat=True)
    assert list(told) == [berlin(2026, 3, 11, 18, 0).isoformat(), later.isoformat()]


def test_one_query_however_many_are_going(going: Going, django_assert_num_queries: Callable) -> None:
    going(berlin(2026, 3, 11, 18, 0))

    with django_assert_num_queries(1):
        list(due_events(now=berlin(2026, 3, 11, 16, 0)))
