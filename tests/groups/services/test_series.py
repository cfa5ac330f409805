"""Series: what is made, what is asked, and what becomes of answers when it changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import DomainError, InvalidInput
from groups.models import Event, Rsvp, Series
from groups.services.events import cancel_event, change_event
from groups.services.following import change_series
from groups.services.memberships import leave_group
from groups.services.occurrences import extend_all
from groups.services.rsvps import rsvp
from groups.services.series import cancel_series, confirm_series, review_series, start_series
from notifications.models import Notification
from tests.groups.kit import DECLINED, GOING, MAYBE, going, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TUESDAY = date(2026, 3, 17)
TEXTS = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy"}


def make_series(cast: Cast, now: datetime, **other: object) -> Series:
    said = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "at_time": time(18), "minutes": 60, **TEXTS, **other}
    return start_series(group=cast.group, starts_on=said.pop("starts_on", TUESDAY), now=now, **said)


def meetings(*series: Series) -> list[Event]:
    return list(Event.objects.filter(series__in=series).order_by("starts_at"))


def clocks(events: list[Event]) -> set[str]:
    return {f"{event.starts_at.astimezone(ZoneInfo(event.time_zone)):%a %H:%M}" for event in events}


def test_eight_weeks_are_made_at_one_time_on_the_clocks_of_the_place(cast: Cast, now: datetime) -> None:
    events = meetings(make_series(cast, now))
    assert [event.occurs_on for event in events] == [TUESDAY + n * 7 * DAY for n in range(8)]
    assert clocks(events) == {"Tue 18:00"}
    assert len({event.starts_at.hour for event in events}) == 2  # the clocks change on 29 March


def test_the_horizon_rolls_and_ticking_twice_makes_nothing_twice(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    assert extend_all(now=now + 21 * DAY) == 3
    assert extend_all(now=now + 21 * DAY) == 0
    assert len(meetings(series)) == 11


def test_a_series_begins_on_the_first_day_that_its_rule_names(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now, starts_on=date(2026, 3, 11), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert series.starts_on == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"rrule": "FREQ=SECONDLY"}, "rrule"), ({"minutes": 1}, "minutes"),
        ({"runs_until": date(2026, 1, 1)}, "runs_until"),
        ({"runs_until": date(2036, 1, 1)}, "runs_until"), ({"starts_on": date(2026, 3, 1)}, "starts_on"),
        ({"capacity": 0}, "capacity"), ({"guests_allowed": 9}, "guests_allowed"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_on_its_field(cast: Cast, now: datetime, wrong: dict, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_series(cast, now, **wrong)
    assert refused.value.field == field


def test_a_first_time_wants_every_part_of_the_card(cast: Cast, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_series(cast, now, is_newcomer_friendly=True, pace="Slow")
    assert refused.value.fields == ("where_to_stand", "how_it_goes", "toilets", "leaving_early", "greeter")


def test_all_that_follow_move_with_their_answers_and_tell_each_once(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    first, second, third, *_ = meetings(series)
    for event in (first, second, third):
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    rsvp(event=third, person=cast.host, answer=DECLINED, now=now)
    outcome = change_series(series=series, since=second.occurs_on, now=now, at_time=time(19))
    assert outcome.series.follows == series
    assert clocks(meetings(series)) == {"Tue 18:00"}
    assert clocks(meetings(outcome.series)) == {"Tue 19:00"}
    assert Rsvp.objects.filter(person=cast.member, status=GOING, event__series=outcome.series).count() == 2
    assert [n.person for n in Notification.objects.filter(kind="series_changed")] == [cast.member]
    assert all(event.sequence == 1 for event in outcome.moved)


def test_a_new_weekday_keeps_what_is_answered_and_removes_what_is_not(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    first, second, *_ = meetings(series)
    rsvp(event=second, person=cast.member, answer=MAYBE, now=now)
    outcome = change_series(series=series, since=TUESDAY, now=now, rrule="FREQ=WEEKLY;BYDAY=TH")
    found = meetings(outcome.series)
    assert [event for event in found if event.occurs_on.weekday() == 1] == [second]
    second.refresh_from_db()
    assert second.is_changed_alone
    assert (outcome.removed, outcome.made) == (7, 7)
    assert Rsvp.objects.filter(event=second).exists()
    assert not Event.objects.filter(pk=first.pk).exists()


def test_what_was_changed_alone_or_called_off_alone_stays(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    first, second, third, *_ = meetings(series)
    change_event(event=second, now=now, title="At the mill")
    cancel_event(event=third, now=now)
    change_series(series=series, since=TUESDAY, now=now, title="Round", at_time=time(17))
    for event in (first, second, third):
        event.refresh_from_db()
    assert (first.title, second.title, third.title) == ("Round", "At the mill", "Loop")
    assert clocks([first]) == {"Tue 17:00"}
    assert clocks([second, third]) == {"Tue 18:00"}


def test_nobody_is_sent_away_and_more_seats_let_the_line_in(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now, capacity=2)
    first, second, *_ = meetings(series)
    for person in make_members(cast.group, 3):
        rsvp(event=first, person=person, answer=GOING, now=now)
    change_series(series=series, since=TUESDAY, now=now, capacity=1)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.capacity, second.capacity) == (2, 1)
    change_series(series=series, since=TUESDAY, now=now, capacity=3)
    first.refresh_from_db()
    assert first.going_count == 3


def test_the_line_is_let_in_by_its_order_whoever_answered_first(cast: Cast, now: datetime) -> None:
    series, (host, *people) = make_series(cast, now, capacity=1), make_members(cast.group, 4)
    first, *_ = meetings(series)
    for person in (host, *people):
        rsvp(event=first, person=person, answer=GOING, now=now)
    rsvp(event=first, person=people[0], answer=DECLINED, now=now)
    rsvp(event=first, person=people[0], answer=GOING, now=now)  # at the end of the line then
    change_series(series=series, since=TUESDAY, now=now, capacity=3)
    assert going(first) == {host, people[1], people[2]}


def test_what_is_past_or_begun_is_never_touched(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    later = datetime(2026, 3, 24, 17, 30, tzinfo=UTC)  # the second one has begun
    change_series(series=series, since=date(2026, 3, 24), now=later, at_time=time(20), rrule="FREQ=WEEKLY;BYDAY=TU,WE")
    begun = meetings(series)
    assert clocks(begun) == {"Tue 18:00"}
    assert len(begun) == 2
    everyday = Event.objects.filter(group=cast.group).values_list("occurs_on", flat=True)
    assert len(everyday) == len(set(everyday))
    with pytest.raises(InvalidInput):
        change_series(series=series, since=TUESDAY, now=later, title="x")


def test_calling_off_from_a_day_keeps_the_answered_to_be_seen_and_tells_once(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now)
    first, second, third, *_ = meetings(series)
    for event in (first, second, third):
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    cancel_series(series=series, since=second.occurs_on, now=now)
    assert [(event.occurs_on, event.status) for event in meetings(series)] == [
        (first.occurs_on, "scheduled"), (second.occurs_on, "cancelled"), (third.occurs_on, "cancelled"),
    ]  # fmt: skip
    assert Notification.objects.filter(kind="series_cancelled").count() == 1
    assert extend_all(now=now + 30 * DAY) == 0


def test_hosts_are_asked_once_and_one_word_keeps_it_going(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now, runs_until=date(2026, 4, 28))
    review_series(now=now)
    assert not Notification.objects.filter(kind="series_ending").exists()
    for _again in range(2):
        review_series(now=now + 30 * DAY)
    assert {n.person for n in Notification.objects.filter(kind="series_ending")} == {cast.owner, cast.host}
    kept = confirm_series(series=series, now=now + 30 * DAY)
    assert kept.runs_until == date(2026, 4, 9) + timedelta(weeks=26)
    assert kept.asked_at is None


def test_a_series_that_nobody_confirms_ends_quietly(cast: Cast, now: datetime) -> None:
    series = make_series(cast, now, runs_until=date(2026, 4, 28))
    review_series(now=now + 60 * DAY)
    series.refresh_from_db()
    assert series.ended_at is not None
    with pytest.raises(DomainError) as ended:
        confirm_series(series=series, now=now + 60 * DAY)
    assert ended.value.code == "series_ended"


def test_a_greeter_who_leaves_greets_nobody_and_hosts_hear_of_it(cast: Cast, now: datetime) -> None:
    card = dict.fromkeys(("where_to_stand", "how_it_goes", "pace", "toilets", "leaving_early"), "Said.")
    series = make_series(cast, now, is_newcomer_friendly=True, greeter=cast.host, **card)
    leave_group(group=cast.group, person=cast.host, now=now)
    assert not Event.objects.filter(is_newcomer_friendly=True).exists()
    series.refresh_from_db()
    assert (series.is_newcomer_friendly, series.greeter) == (False, None)
    assert cast.owner in {n.person for n in Notification.objects.filter(kind="greeter_gone")}
