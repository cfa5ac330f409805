"""Planners look where something comes round: what writes a hint, what forgets it, and that a wrong one does no harm."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import User
from accounts.services.profile import change_settings
from notifications.models import Notification
from plans.cue_times import NEVER
from plans.models import Cue, DayChange
from plans.services.days import move_day
from plans.services.enrollments import change_following, stop_following
from reminders.services import cues
from reminders.services.cues import plan_cues
from tests.kit.cast import make_person
from tests.reminders.conftest import follow, make_template, put_on

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
WEEK = timedelta(days=7)
QUERIES = 24  # two chunks with something, two without, each in its transaction


def told() -> list[str]:
    return list(Notification.objects.order_by("occurrence").values_list("occurrence", flat=True))


def test_a_look_says_when_to_look_again(mika: User, now: datetime) -> None:
    follow(mika, (1, time(10, 0)), (2, time(10, 0)))  # now, and tomorrow

    assert plan_cues(now=now) == 1

    assert list(Cue.objects.order_by("weekday").values_list("next_at", flat=True)) == [
        now + WEEK,
        now + timedelta(days=1),
    ]


def test_nobody_looks_at_what_does_not_come_round(mika: User, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    Cue.objects.update(next_at=now + timedelta(seconds=1))

    assert plan_cues(now=now) == 0


def test_a_hint_that_came_too_early_sends_nothing_and_is_set_right(mika: User, now: datetime) -> None:
    follow(mika, (1, time(11, 0)))  # in an hour
    Cue.objects.update(next_at=now)

    assert plan_cues(now=now) == 0
    assert Cue.objects.get().next_at == now + timedelta(hours=1)


def test_a_hint_that_came_an_hour_late_still_tells(mika: User, now: datetime) -> None:
    follow(mika, (1, time(9, 0)))
    Cue.objects.update(next_at=now)

    assert plan_cues(now=now) == 1


def test_another_zone_is_looked_at_anew(mika: User, now: datetime) -> None:
    follow(mika, (1, time(18, 0)))
    plan_cues(now=now)  # at six in Berlin

    change_settings(person=mika, changes={"time_zone": "Asia/Shanghai"})  # where it is five

    assert plan_cues(now=now + timedelta(hours=1, minutes=1)) == 1


def test_control_a_zone_that_nobody_tells_of_is_noticed_too_late(
    mika: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.services.profile.announce", lambda _person: None)
    follow(mika, (1, time(18, 0)))
    plan_cues(now=now)

    change_settings(person=mika, changes={"time_zone": "Asia/Shanghai"})

    assert plan_cues(now=now + timedelta(hours=1, minutes=1)) == 0


def test_the_admin_tells_of_another_zone_too(mika: User, now: datetime, client) -> None:
    staff = User.objects.create_superuser("root@people.example", "a-quiet-morning")
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    follow(mika, (1, time(18, 0)))
    plan_cues(now=now)
    page = client.get(f"/admin/accounts/user/{mika.pk}/change/")
    form = page.context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: value for name, value in data.items() if value not in (None, False)} | {"time_zone": "Asia/Shanghai"}

    answer = client.post(f"/admin/accounts/user/{mika.pk}/change/", data)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert Cue.objects.get().next_at is None


def test_other_days_and_times_are_looked_at_anew(mika: User, now: datetime) -> None:
    enrollment = follow(mika, (0, time(10, 0)))
    put_on(enrollment, MONDAY, TUESDAY + timedelta(days=1))  # at ten on Wednesday
    plan_cues(now=now)

    change_following(person=mika, enrollment=enrollment, cues=[(0, time(9, 0)), (2, time(9, 30))], now=now)

    assert not Cue.objects.exclude(next_at=None).exists()
    assert DayChange.objects.get().next_at is None


def test_a_plan_that_ended_is_looked_at_once_more_and_never_again(mika: User, now: datetime) -> None:
    enrollment = follow(mika, (1, time(10, 0)))
    stop_following(person=mika, enrollment=enrollment, now=now)

    assert plan_cues(now=now) == 0
    assert Cue.objects.get().next_at == NEVER


def test_a_closed_account_that_comes_back_is_told_again(mika: User, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    User.objects.update(is_active=False)
    plan_cues(now=now)
    User.objects.update(is_active=True)

    assert plan_cues(now=now + WEEK) == 1
    assert told() == ["2026-03-17"]


def test_a_step_that_is_moved_twice_is_told_where_it_lies(mika: User, now: datetime) -> None:
    enrollment = follow(mika, (0, time(9, 0)))
    for days in (1, 2):
        move_day(
            person=mika, enrollment=enrollment, planned_on=MONDAY, moved_to=TUESDAY + timedelta(days=days), now=now
        )
        plan_cues(now=now)
    assert DayChange.objects.get().next_at == datetime(2026, 3, 12, 8, 0, tzinfo=UTC)

    plan_cues(now=now + timedelta(days=1))
    plan_cues(now=now + timedelta(days=2))

    assert told() == ["2026-03-12"]
    assert DayChange.objects.get().next_at == NEVER


def test_what_was_written_without_a_hint_is_worked_off_in_chunks(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cues, "CHUNK", 2)
    template = make_template()
    for n in range(5):
        follow(make_person(f"p{n}"), (1, time(10, 0)), template=template)

    assert plan_cues(now=now) == 5
    assert not Cue.objects.filter(next_at=None).exists()


def test_the_freshest_come_first(mika: User, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cues, "CHUNK", 1)
    ticks = iter([0.0, 1.0, 100.0, 100.0, 100.0, 100.0])  # time for one chunk
    monkeypatch.setattr(cues, "monotonic", lambda: next(ticks))
    follow(mika, (1, time(9, 0)), (1 - 1, time(9, 0)))
    Cue.objects.filter(weekday=1).update(next_at=now - timedelta(hours=1))
    Cue.objects.filter(weekday=0).update(next_at=now - timedelta(hours=25))

    plan_cues(now=now)

    assert told() == ["2026-03-10"]
    assert Cue.objects.get(weekday=0).next_at == now - timedelta(hours=25)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_fixed(count: int, now: datetime, django_assert_num_queries: Callable) -> None:
    template = make_template()
    for n in range(count):
        follow(make_person(f"p{n}"), (1, time(10, 0)), template=template)
        put_on(follow(make_person(f"q{n}"), (0, time(10, 0)), template=template), MONDAY, TUESDAY)
    Cue.objects.update(next_at=now)
    DayChange.objects.update(next_at=now)

    with django_assert_num_queries(QUERIES):
        assert plan_cues(now=now) == 2 * count
