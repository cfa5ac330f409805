"""A group that ends, and one that goes on after all."""

from datetime import datetime, time, timedelta

import pytest

from core.errors import DomainError, NotPermitted
from groups.models import Event, Group, Membership, Series
from groups.services.closing import close_group, reopen_group
from groups.services.events import create_event
from groups.services.feed import write_post
from groups.services.following import change_series
from groups.services.goals import set_goal
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from groups.services.series import review_series, start_series
from groups.services.sharing import share_plan
from notifications.models import Notification
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast
from tests.plans.own_kit import own_plan

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Ford", "place": "The ford", "setting": "forest", "effort": "easy"}


def told(kind: str) -> set[str]:
    return {str(each.person) for each in Notification.objects.filter(kind=kind).select_related("person")}


def test_what_is_to_come_is_called_off_and_whoever_answered_is_told(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    close_group(group=cast.group, by=cast.owner, now=now)
    close_group(group=cast.group, by=cast.owner, now=now)
    event.refresh_from_db()
    assert event.status == Event.Status.CANCELLED
    assert told("event_cancelled") == {"Member"}


def test_what_recurs_ends(cast: Cast, now: datetime) -> None:
    day = (now + timedelta(days=3)).date()
    start_series(group=cast.group, starts_on=day, rrule="FREQ=WEEKLY", at_time=time(18), minutes=60, now=now, **TEXTS)
    first = Event.objects.earliest("starts_at")
    rsvp(event=first, person=cast.member, answer=GOING, now=now)
    close_group(group=cast.group, by=cast.owner, now=now)
    assert not Series.objects.going_on().exists()
    assert not Event.objects.scheduled().exists()
    assert (told("series_cancelled"), told("event_cancelled")) == ({"Member"}, set())


def test_each_series_is_told_of_once_with_what_took_over_from_it(cast: Cast, now: datetime) -> None:
    """However many there are: the third took over from the first, whose people hear of the first alone."""
    day = (now + timedelta(days=3)).date()
    for title in ("Ford", "Hill"):
        texts = {**TEXTS, "title": title}
        start_series(
            group=cast.group, starts_on=day, rrule="FREQ=WEEKLY", at_time=time(18), minutes=60, now=now, **texts
        )
    first, second = Series.objects.order_by("pk")
    third = change_series(series=first, since=day + timedelta(days=14), rrule="FREQ=DAILY", now=now).series
    for event in Event.objects.filter(series__in=[first, second, third]):
        rsvp(event=event, person=cast.member, answer=GOING, now=now)

    close_group(group=cast.group, by=cast.owner, now=now)

    told_of = Notification.objects.filter(kind="series_cancelled").values_list("about_id", flat=True)
    assert sorted(told_of) == sorted([str(first.uuid), str(second.uuid)])
    assert not Series.objects.going_on().exists()
    assert not Event.objects.scheduled().exists()
    assert Event.objects.filter(status=Event.Status.CANCELLED, series=third).exists()


def test_a_younger_series_may_come_before_an_older_one(cast: Cast, now: datetime) -> None:
    """The first gave way twice: to a second, and then, from an earlier day on, to a third that the second follows."""
    day, later = (now + timedelta(days=3)).date(), now + timedelta(days=12)
    first = start_series(
        group=cast.group, starts_on=day, rrule="FREQ=WEEKLY", at_time=time(18), minutes=60, now=now, **TEXTS
    )
    second = change_series(series=first, since=day + timedelta(days=28), rrule="FREQ=DAILY", now=now).series
    first.refresh_from_db()
    third = change_series(series=first, since=day + timedelta(days=7), title="Hill", now=now).series
    review_series(now=later)
    event = Event.objects.filter(series=second).latest("starts_at")
    rsvp(event=event, person=cast.member, answer=GOING, now=later)
    was = event.sequence

    close_group(group=cast.group, by=cast.owner, now=later)

    [about] = Notification.objects.filter(kind="series_cancelled").values_list("about_id", flat=True)
    event.refresh_from_db()
    assert about == str(third.uuid)
    assert event.sequence == was + 1


def test_a_meeting_under_way_goes_on(cast: Cast, now: datetime) -> None:
    half_an_hour = timedelta(minutes=30)
    event = make_event(cast.group, now, starts_at=now - half_an_hour, ends_at=now + half_an_hour)
    close_group(group=cast.group, by=cast.owner, now=now)
    event.refresh_from_db()
    assert event.status == Event.Status.SCHEDULED


def test_nothing_begins_in_a_closed_group_and_everybody_reads_on(cast: Cast, now: datetime) -> None:
    close_group(group=cast.group, by=cast.owner, now=now)
    cast.group.refresh_from_db()
    soon = now + timedelta(days=1)
    with pytest.raises(NotPermitted):
        join_group(group=cast.group, person=cast.stranger, now=now)
    with pytest.raises(NotPermitted):
        write_post(group=cast.group, person=cast.member, text="Hello", now=now)
    with pytest.raises(DomainError):
        create_event(group=cast.group, starts_at=soon, ends_at=soon + timedelta(hours=1), now=now, **TEXTS)
    with pytest.raises(DomainError):
        set_goal(
            group=cast.group, person=cast.host, title="Lake", unit="minutes", target=60,
            starts_on=soon.date(), ends_on=soon.date(), now=now,
        )  # fmt: skip
    with pytest.raises(DomainError):
        share_plan(group=cast.group, person=cast.member, template=own_plan(cast.member), now=now)
    assert Group.objects.visible_to(cast.member).filter(pk=cast.group.pk).exists()
    assert not Group.objects.visible_to(cast.stranger).filter(pk=cast.group.pk).exists()


def test_people_leave_a_closed_group(cast: Cast, now: datetime) -> None:
    close_group(group=cast.group, by=cast.owner, now=now)
    leave_group(group=cast.group, person=cast.member, now=now)
    assert not Membership.objects.current().filter(person=cast.member).exists()


def test_an_owner_opens_it_again(cast: Cast, now: datetime) -> None:
    close_group(group=cast.group, by=cast.owner, now=now)
    reopen_group(group=cast.group, by=cast.owner, now=now)
    assert join_group(group=cast.group, person=cast.stranger, now=now).is_current


@pytest.mark.parametrize("act", [close_group, reopen_group])
@pytest.mark.parametrize("by", ["host", "member", "stranger"])
def test_owners_alone_close_and_open(cast: Cast, now: datetime, act, by: str) -> None:
    with pytest.raises(NotPermitted):
        act(group=cast.group, by=cast.people[by], now=now)
