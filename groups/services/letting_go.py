"""What somebody lets go of who leaves a group: seats, places in line, newcomers who count on them; written at once."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from groups.models import Event, Group, Rsvp
from groups.services.greeters import GREETING, greet_at_no_series, greet_no_more
from groups.services.rsvps import HOLDING, LET_IN, given_up, let_line_in
from notifications.services.outbox import notify_all


def let_go(*, group: Group, person: User, coming: Collection[Event], greets_series: bool, now: datetime) -> None:
    """Forget the person's answers to all that a locked group has before it, let the next ones in, greet no more.

    `coming` is locked, with what `with_hosts_to_tell` brings. `greets_series`: whether they may greet at any series, as
    the caller has read it under the group's lock.
    """
    if greets_series:
        greet_at_no_series(group, person)
    events = {event.pk: event for event in coming}
    mine, lines = given_up(coming, person, of=HOLDING)
    for answer in mine:
        if answer.status == Rsvp.Status.GOING:
            events[answer.event_id].going_count -= answer.seats
    Rsvp.objects.filter(pk__in=[answer.pk for answer in mine]).delete()
    greeted, for_hosts = greet_no_more(group, person, coming, now=now)  # first: they are told of no newcomer any more
    left = [events[answer.event_id] for answer in mine]
    let_in, news = let_line_in(left, lines, now=now)
    Rsvp.objects.bulk_update(let_in, LET_IN)
    changed = {event.pk: event for event in (*left, *greeted)}
    Event.objects.bulk_update(changed.values(), ["going_count", *GREETING])
    notify_all([*news, *for_hosts], now=now)
