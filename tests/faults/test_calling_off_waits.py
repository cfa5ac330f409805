"""A series is called off, or a group closed, while something else is done to it: what is true after that counts."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from core.errors import DomainError
from groups.models import Event, Group, Role, Series
from groups.services.closing import close_group
from groups.services.events import cancel_event
from groups.services.following import change_series
from groups.services.hiding import hide_group
from groups.services.requests import accept_request, ask_to_join, decline_request, expire_requests
from groups.services.roles import give_role
from groups.services.rsvps import rsvp, withdraw
from groups.services.series import cancel_series, start_series
from notifications.models import Notification
from tests.faults.waiting import answered_once
from tests.groups.kit import GOING
from tests.kit.cast import Cast

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

type CallsOff = Callable[[Cast, datetime], object]


def ends_the_series(cast: Cast, now: datetime) -> object:
    return cancel_series(series=Series.objects.earliest("pk"), since=now.date(), by=cast.owner, now=now)


def closes(cast: Cast, now: datetime) -> object:
    return close_group(group=cast.group, by=cast.owner, now=now)


def tried(act: Callable[[], object]) -> object:
    try:
        return act()
    except DomainError as refused:
        return refused.code


def told() -> set[tuple[str, str]]:
    return set(Notification.objects.values_list("kind", "person__display_name"))


@pytest.fixture(params=[ends_the_series, closes])
def call_off(request: pytest.FixtureRequest) -> CallsOff:
    return request.param


@pytest.fixture
def meetings(cast: Cast, now: datetime) -> list[Event]:
    """Meetings of a series, of which the first and the last have an answer."""
    day = (now + timedelta(days=3)).date()
    start_series(
        group=cast.group, starts_on=day, rrule="FREQ=WEEKLY", at_time=time(18), minutes=60, now=now,
        title="Ford", place="The ford", setting="forest", effort="easy",
    )  # fmt: skip
    found = list(Event.objects.order_by("starts_at"))
    for event in (found[0], found[-1]):
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    return found


def test_who_answers_meanwhile_is_told(cast: Cast, now: datetime, meetings: list[Event], call_off: CallsOff) -> None:
    answered_once(lambda: rsvp(event=meetings[1], person=cast.host, answer=GOING, now=now), lambda: call_off(cast, now))

    assert told() == {("series_cancelled", "Member"), ("series_cancelled", "Host")}
    left = Event.objects.order_by("starts_at")
    assert [event.pk for event in left] == [meetings[n].pk for n in (0, 1, -1)]
    assert {event.status for event in left} == {Event.Status.CANCELLED}


def test_what_is_answered_no_more_is_gone(cast: Cast, now: datetime, meetings: list[Event], call_off: CallsOff) -> None:
    answered_once(lambda: withdraw(event=meetings[-1], person=cast.member, now=now), lambda: call_off(cast, now))

    assert [event.pk for event in Event.objects.all()] == [meetings[0].pk]


def test_what_was_called_off_meanwhile_is_told_of_once_and_stays(
    cast: Cast, now: datetime, meetings: list[Event], call_off: CallsOff
) -> None:
    rsvp(event=meetings[1], person=cast.host, answer=GOING, now=now)
    answered_once(lambda: cancel_event(event=meetings[1], now=now), lambda: call_off(cast, now + timedelta(seconds=1)))

    meetings[1].refresh_from_db()
    assert (meetings[1].status, meetings[1].sequence, meetings[1].changed_at) == (Event.Status.CANCELLED, 1, now)
    assert told() == {("event_cancelled", "Host"), ("series_cancelled", "Member")}


def test_what_takes_over_meanwhile_ends_with_it(
    cast: Cast, now: datetime, meetings: list[Event], call_off: CallsOff
) -> None:
    series, since = Series.objects.get(), meetings[2].occurs_on
    assert since is not None
    answered_once(
        lambda: change_series(series=series, since=since, rrule="FREQ=DAILY", now=now), lambda: call_off(cast, now)
    )

    assert not Series.objects.going_on().exists()
    assert not Event.objects.scheduled().exists()


@pytest.mark.parametrize("has_series", [True, False])
def test_who_owns_it_no_more_closes_nothing(
    cast: Cast, now: datetime, has_series: bool, request: pytest.FixtureRequest
) -> None:
    planned = len(request.getfixturevalue("meetings")) if has_series else 0
    cast.group.memberships.filter(person=cast.host).update(role=Role.OWNER)
    refused = answered_once(
        lambda: give_role(group=cast.group, person=cast.owner, role=Role.MEMBER, by=cast.owner, now=now),
        lambda: tried(lambda: closes(cast, now)),
    )

    assert refused == "not_an_owner"
    assert Group.objects.get().closed_at is None
    assert Event.objects.scheduled().count() == planned


def test_who_comes_to_own_it_meanwhile_closes_it(cast: Cast, now: datetime, meetings: list[Event]) -> None:
    answered_once(
        lambda: give_role(group=cast.group, person=cast.host, role=Role.OWNER, by=cast.owner, now=now),
        lambda: close_group(group=cast.group, by=cast.host, now=now),
    )

    assert Group.objects.get().closed_at == now
    assert not Event.objects.scheduled().exists()


def hides(cast: Cast, now: datetime) -> object:
    return hide_group(cast.group, now)


@pytest.mark.parametrize("ends", [closes, hides])
@pytest.mark.parametrize("answer", [accept_request, decline_request])
def test_a_request_is_not_answered_once_its_group_takes_nobody_in(
    cast: Cast, now: datetime, ends: CallsOff, answer: Callable[..., object]
) -> None:
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    cast.group.refresh_from_db()
    asked = ask_to_join(group=cast.group, person=cast.applicant, now=now)

    refused = answered_once(
        lambda: ends(cast, now), lambda: tried(lambda: answer(request=asked, host=cast.host, now=now))
    )

    asked.refresh_from_db()
    assert (refused, asked.status) == ("answered", "open")
    expire_requests(now=now)
    assert told() == {("join_asked", "Owner"), ("join_asked", "Host"), ("join_expired", "Applicant")}


def test_two_owners_close_it_at_once(cast: Cast, now: datetime, meetings: list[Event]) -> None:
    cast.group.memberships.filter(person=cast.host).update(role=Role.OWNER)
    again = answered_once(
        lambda: closes(cast, now),
        lambda: tried(lambda: close_group(group=cast.group, by=cast.host, now=now + timedelta(seconds=1))),
    )

    assert again is None
    assert Group.objects.get().closed_at == now
    assert told() == {("series_cancelled", "Member")}
