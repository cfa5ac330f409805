"""A series is changed while something else is done to its group or its meetings: what is true after that counts."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction

from core import clock
from groups.models import Event, Rsvp, Series
from groups.services.following import change_series
from groups.services.memberships import leave_group, lock_group
from groups.services.removing import ban_member, remove_member
from groups.services.rsvps import rsvp
from groups.services.series import start_series
from notifications.models import Notification
from tests.faults.doors import signed_in
from tests.faults.waiting import PATIENCE, answered_once, beside, somebody_waits
from tests.groups.kit import DECLINED, GOING, MAYBE
from tests.kit.cast import Cast

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def series(cast: Cast, now: datetime) -> Series:
    return start_series(
        group=cast.group, starts_on=(now + timedelta(days=3)).date(), rrule="FREQ=WEEKLY", at_time=time(18),
        minutes=60, now=now, title="Ford", place="The ford", setting="forest", effort="easy", capacity=1,
    )  # fmt: skip


def changed_during(done: Callable[[], object], cast: Cast, event: Event, **said: object) -> Any:
    """Return what the host is answered who changes the series from a meeting on while something is done."""
    assert event.series is not None
    path, body = f"/api/v1/series/{event.series.uuid}/", {"since": str(event.occurs_on), **said}
    host = signed_in(cast.host)
    change = lambda: host.patch(path, body, "json", headers={"If-Match": "*"})  # noqa: E731 - an act
    return answered_once(done, change)


def meetings() -> list[Event]:
    return list(Event.objects.order_by("starts_at").select_related("series"))


@pytest.mark.parametrize("put_out", [remove_member, ban_member])
@pytest.mark.parametrize("weeks_made", [True, False])
def test_a_host_who_is_put_out_changes_nothing(
    cast: Cast, now: datetime, series: Series, put_out: Callable[..., object], weeks_made: bool
) -> None:
    first = meetings()[0]
    if not weeks_made:
        Event.objects.all().delete()
    put = lambda: put_out(group=cast.group, person=cast.host, by=cast.owner, now=now)  # noqa: E731 - an act
    answer = changed_during(put, cast, first, title="Mine")

    assert answer.status_code in {403, 404}
    assert Series.objects.get().title == "Ford"
    assert {event.title for event in meetings()} <= {"Ford"}


def test_who_leaves_does_not_greet(cast: Cast, now: datetime, series: Series) -> None:
    leave = lambda: leave_group(group=cast.group, person=cast.member, now=now)  # noqa: E731 - an act
    answer = changed_during(leave, cast, meetings()[0], greeter=str(cast.member.uuid))

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "greeter")
    assert Series.objects.get().greeter is None


def test_two_changes_of_one_series_both_stand(cast: Cast, now: datetime, series: Series) -> None:
    first = meetings()[0]
    assert first.occurs_on is not None
    said: dict[str, Any] = {"since": first.occurs_on, "now": now, "title": "Weir"}
    answer = changed_during(lambda: change_series(series=series, **said), cast, first, place="The weir")

    assert answer.status_code == 200
    assert {(event.title, event.place) for event in meetings()} == {("Weir", "The weir")}
    assert (Series.objects.get().title, Series.objects.get().revision) == ("Weir", 2)


def test_what_takes_over_comes_after_what_takes_over_before_it(cast: Cast, now: datetime, series: Series) -> None:
    first, second, third, *_ = meetings()
    assert third.occurs_on is not None
    said: dict[str, Any] = {"since": third.occurs_on, "now": now, "title": "Weir"}
    answer = changed_during(lambda: change_series(series=series, **said), cast, second, minutes=30)

    assert (answer.status_code, answer.json()["series"]["is_followed"]) == (200, True)
    assert (answer.json()["changed"], [event.duration for event in meetings()[:2]]) == (
        1, [timedelta(minutes=60), timedelta(minutes=30)],
    )  # fmt: skip
    last = Series.objects.get(title="Weir")
    assert last.follows is not None
    assert last.follows.minutes == 30
    assert last.follows.follows == first.series


@pytest.mark.parametrize("had", [None, MAYBE])
def test_who_answers_or_takes_an_answer_back_is_told_or_not(
    cast: Cast, now: datetime, series: Series, had: str | None
) -> None:
    first = meetings()[0]
    if had:
        rsvp(event=first, person=cast.member, answer=had, now=now)
    says = DECLINED if had else MAYBE
    answers = lambda: rsvp(event=first, person=cast.member, answer=says, now=now)  # noqa: E731 - an act
    answer = changed_during(answers, cast, first, at_time="19:00")

    assert answer.json()["moved"] == len(meetings())
    told = set(Notification.objects.filter(kind="series_changed").values_list("person", flat=True))
    assert told == (set() if had else {cast.member.pk})


def test_who_takes_the_seat_keeps_it_and_who_waits_by_then_gets_the_next(
    cast: Cast, now: datetime, series: Series
) -> None:
    first = meetings()[0]

    def answer_both() -> None:
        for person in (cast.member, cast.owner):
            rsvp(event=first, person=person, answer=GOING, now=now)

    answer = changed_during(answer_both, cast, first, capacity=2)

    assert answer.status_code == 200
    first.refresh_from_db()
    assert (first.going_count, Rsvp.objects.going().filter(event=first).count()) == (2, 2)
    assert Notification.objects.filter(kind="seat_promoted", person=cast.owner).count() == 1


def test_the_group_is_waited_for_before_the_series_is_locked(cast: Cast, series: Series) -> None:
    """Or whoever has the group, and wants the series next, would wait for who waits for them."""
    host, said = signed_in(cast.host), {"since": str(meetings()[0].occurs_on), "title": "Weir"}
    path = f"/api/v1/series/{series.uuid}/"

    with transaction.atomic():
        lock_group(cast.group)
        thread, changed = beside(lambda: host.patch(path, said, "json", headers={"If-Match": "*"}))
        is_waiting = somebody_waits(thread)
        assert Series.objects.select_for_update(nowait=True).get(pk=series.pk) == series

    assert (is_waiting, changed.result(PATIENCE).status_code) == (True, 200)
    assert Series.objects.get().title == "Weir"
