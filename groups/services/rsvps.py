"""Seats and the line for them.

Every door (page, API, link in a mail, a host, leaving, a raised capacity) ends in `take_seat`, `free_seat`, `forget`
or `promote`. All want the event's row locked (`lock_event`), which makes the order of arrival at that lock the
order of the line; who gets the next seats is said in `groups/line.py`. At no commit do the earliest in line wait for
seats that are free.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError
from core.held import was_held
from core.visibility import get_still
from groups.line import let_in
from groups.models import Event, Membership, Rsvp
from groups.models.events import EventQuerySet
from groups.services.answerable import require_allowed, require_known, require_open, require_room
from groups.services.answered import Answering, answers_at, who_answers
from groups.services.seat_news import news_for_first_in_line, news_for_greeter, news_for_promoted
from notifications.services.outbox import Message, notify_all

LET_IN = ("status", "place", "promoted_at")  # what becomes of an answer in line
HOLDING = frozenset({Rsvp.Status.GOING, Rsvp.Status.WAITLISTED})  # a seat, or a place in line
KEPT_UNTIL = timedelta(hours=24)  # before the start; from then on no seat is kept for whoever it is too few for
SAID = ("guests", "is_quiet", "is_first_time", "answered_at")


class Said(TypedDict, total=False):
    """What somebody says with their answer; what is None, or left out, stays as it was."""

    guests: int | None
    is_quiet: bool | None
    is_first_time: bool | None


def rsvp(*, event: Event, person: User, answer: str, now: datetime, **said: Unpack[Said]) -> Rsvp:
    """Keep one person's one answer (a value of `answerable.ANSWERS`) to an event, and return it as it stands.

    Going means seats for oneself and one's guests, or a place at the end of the line.
    Raises DomainError when the event is cancelled or over, when the person is not in its group, or when there is no
    room for the guests. Giving a seat back is possible for everybody.
    """
    require_known(answer)
    with transaction.atomic():
        locked = lock_event(event)
        require_open(locked, now)
        return answer_locked(locked, who_answers(locked, person), answer=answer, now=now, **said)


def answer_locked(
    event: Event,
    one: Answering,
    *,
    answer: str,
    guests: int | None = None,
    is_quiet: bool | None = None,
    is_first_time: bool | None = None,
    now: datetime,
) -> Rsvp:
    """Keep the answer, as `rsvp` does, of somebody who is in the group of a locked event that is open."""
    if answer != Rsvp.Status.DECLINED:
        require_good_standing(one.person, now=now)
    mine, line = answers_at(event, one, giving=_gives_back(answer, guests))
    is_unseen = mine._state.adding and one.membership.is_looking  # noqa: SLF001 - a first answer brings nobody to light
    mine.is_quiet = (mine.is_quiet or is_unseen) if is_quiet is None else is_quiet
    mine.is_first_time = mine.is_first_time if is_first_time is None else is_first_time
    mine.answered_at = now
    if answer == Rsvp.Status.GOING:
        take_seat(event, mine, line, in_line=one.in_line, guests=guests, now=now)
        _take_part(one.membership, mine)
    else:
        free_seat(event, mine, line, answer=answer, now=now)
    return mine


def withdraw(*, event: Event, person: User, now: datetime) -> None:
    """Forget the person's answer, and give back their seats; without an answer nothing happens."""
    with transaction.atomic():
        locked = lock_event(event)
        mine, lines = given_up([locked], person)
        if not mine:
            return
        if now >= locked.ends_at:
            raise DomainError("event_over", _("This event is over, so it takes no answers any more."))
        forget([locked], mine, lines, now=now)


def lock_event(event: Event) -> Event:
    """Return the event's row as it is now, locked until the end of the transaction."""
    return event if was_held(event) else get_still(Event.objects.select_for_update(no_key=True), event)


def lock_with_group(event: Event) -> Event:
    """Return the event's row with its group's as they are now, both locked: the group first, as everywhere.

    The rows are locked in the order in which `of` names them.
    """
    is_held = was_held(event.group) and was_held(event)
    rows = Event.objects.select_related("group").select_for_update(no_key=True, of=("group", "self"))
    return event if is_held else get_still(rows, event)


def lock_events(events: EventQuerySet) -> list[Event]:
    """Return the rows as they are now, locked one after the other as everybody does who wants many: by their key."""
    return list(events.order_by("pk").select_for_update(no_key=True, of=("self",)))


def given_up(
    events: Collection[Event], person: User, *, of: Collection[str] = (Rsvp.Status.GOING,)
) -> tuple[list[Rsvp], dict[int, list[Rsvp]]]:
    """Return the person's answers to locked events, and event → who else waits where their answer is one `of` these."""
    theirs = Rsvp.objects.filter(event=OuterRef("event"), person=person, status__in=of)
    asked = Q(person=person) | Q(Exists(theirs), status=Rsvp.Status.WAITLISTED)
    found = list(Rsvp.objects.filter(asked, event__in=events).select_related("person").order_by("place"))
    mine = [answer for answer in found if answer.person_id == person.pk]
    lines: dict[int, list[Rsvp]] = {answer.event_id: [] for answer in mine if answer.status in of}
    for answer in found:
        if answer.person_id != person.pk:
            lines[answer.event_id].append(answer)
    return mine, lines


def take_seat(
    event: Event,
    mine: Rsvp,
    line: list[Rsvp],
    *,
    in_line: int,
    guests: int | None = None,
    telling: Iterable[Message] = (),
    now: datetime,
) -> None:
    """Keep the seats or the place that `mine` has; else join the end of the line of so many, which then moves.

    `telling`: what is to be told as well.

    Guests may be fewer at any time. More of them get seats that are free as long as nobody waits; otherwise the
    answer is refused and stays as it was, so that nobody's guests pass the line.
    """
    holds = mine.status in HOLDING
    had = mine.guests if holds else 0
    wanted = had if guests is None else guests
    require_allowed(event, wanted, had)
    if holds and wanted > had:
        require_room(event, mine, wanted - had, line)
    mine.guests = wanted
    if not holds:
        mine.status, mine.place, mine.promoted_at = Rsvp.Status.WAITLISTED, event.next_place, None
        event.next_place += 1
        line = [*line, mine]
    elif mine.status == Rsvp.Status.GOING:
        event.going_count += wanted - had
    others, news = _move(event, line, present=mine, now=now)
    if mine.place is not None and mine.position is None:
        mine.position = in_line + 1  # nobody came in meanwhile
    _write_down(others, mine)
    event.save(update_fields=["going_count", "next_place"])
    if mine.status == Rsvp.Status.GOING:
        news += news_for_greeter(event, [mine])
    notify_all([*news, *telling], now=now)


def free_seat(event: Event, mine: Rsvp, line: list[Rsvp], *, answer: str, now: datetime) -> None:
    """Give back the seats or the place of `mine`, leave `answer` in its stead, and let the next ones in."""
    freed = mine.seats if mine.status == Rsvp.Status.GOING else 0
    mine.status, mine.place, mine.promoted_at, mine.guests, mine.position = answer, None, None, 0, None
    mine.save()
    _hand_on({event: freed}, {event.pk: [waiting for waiting in line if waiting is not mine]}, now=now)


def forget(events: Iterable[Event], mine: Sequence[Rsvp], lines: Mapping[int, list[Rsvp]], *, now: datetime) -> None:
    """Give back the seats and places of a person's answers to locked events, leave none, and let the next ones in.

    The answers and the lines are those of `given_up`.
    """
    freed = {answer.event_id: answer.seats if answer.status == Rsvp.Status.GOING else 0 for answer in mine}
    Rsvp.objects.filter(pk__in=[answer.pk for answer in mine]).delete()
    _hand_on({event: freed[event.pk] for event in events if event.pk in freed}, lines, now=now)


def promote(events: Iterable[Event], lines: Mapping[int, list[Rsvp]] | None = None, *, now: datetime) -> None:
    """Give the free seats of locked events to their lines, as `groups/line.py` says, and tell each of them once.

    `lines`: event → its line, of those whose line was read under the lock already.
    """
    _hand_on(dict.fromkeys(events, 0), lines, now=now)


def give_free_seats(event: Event, line: list[Rsvp] | None = None, *, now: datetime) -> list[Message]:
    """Do to one locked event what `promote` does, but for what the caller does: write it down, and tell this.

    `line`: its line, where that was read under the lock already.
    """
    if line is None:
        line = _lines([event])[event.pk] if event.is_open(now) and event.has_seat else []
    others, news = _move(event, line, now=now)
    _write_down(others)
    return news


def let_line_in(
    events: Iterable[Event], lines: Mapping[int, list[Rsvp]], *, now: datetime
) -> tuple[list[Rsvp], list[Message]]:
    """Do as `promote`, in memory: return who got seats, whose `LET_IN` is to be saved, and what is to be told."""
    moved = [_move(event, lines.get(event.pk, []), now=now) for event in events]
    return [answer for others, _news in moved for answer in others], [one for _others, news in moved for one in news]


def _hand_on(freed: dict[Event, int], known: Mapping[int, list[Rsvp]] | None = None, *, now: datetime) -> None:
    """Let go of so many seats at each locked event, and give all that are free to those in line.

    `known`: event → its line, of those whose line was read already.
    """
    were_going = {event.pk: event.going_count for event in freed}
    for event, seats in freed.items():
        event.going_count -= seats
    known = known or {}
    unread = [event for event in freed if event.pk not in known and event.is_open(now) and event.has_seat]
    lines = {**_lines(unread), **known}
    let_in_now: list[Rsvp] = []
    news: list[Message] = []
    for event in freed:
        others, told = _move(event, lines.get(event.pk, []), now=now)
        let_in_now += others
        news += told
    _write_down(let_in_now)
    changed = [event for event in freed if event.going_count != were_going[event.pk]]
    Event.objects.bulk_update(changed, ["going_count"])
    notify_all(news, now=now)


def _lines(events: Iterable[Event]) -> dict[int, list[Rsvp]]:
    """Return event → those who wait for it, first come first."""
    found = defaultdict(list)
    if in_question := list(events):
        for answer in Rsvp.objects.filter(event__in=in_question).in_line().select_related("person"):
            found[answer.event_id].append(answer)
    return found


def _write_down(others: list[Rsvp], mine: Rsvp | None = None) -> None:
    if mine is not None and mine.pk is not None and others:
        Rsvp.objects.bulk_update([mine, *others], [*LET_IN, *SAID])
        return
    if mine is not None:
        mine.save()
    Rsvp.objects.bulk_update(others, LET_IN)


def _move(
    event: Event, line: list[Rsvp], *, present: Rsvp | None = None, now: datetime
) -> tuple[list[Rsvp], list[Message]]:
    """Give the free seats to the line: return the others who got one, and what is to be told; the caller writes it.

    `present` is the answer being given: it reads on the page what became of it, and gets no message.
    """
    if not (line and event.is_open(now) and event.has_seat):
        return [], []
    keeps = now < event.starts_at - KEPT_UNTIL
    lucky = let_in(line, free=event.seats_left, capacity=event.capacity, keeps=keeps)
    others = [answer for answer in lucky if answer is not present]
    news = news_for_promoted(event, others)  # names each by the place that is given up below
    for answer in lucky:
        answer.status, answer.place = Rsvp.Status.GOING, None
    for answer in others:
        answer.promoted_at = now
    event.going_count += sum(answer.seats for answer in lucky)
    waiting = [answer for answer in line if answer not in lucky]
    if keeps and waiting and event.has_seat:
        news += news_for_first_in_line(event, waiting)
    if present is not None:
        present.position = waiting.index(present) + 1 if present in waiting else None
    return others, news + news_for_greeter(event, others)


def _gives_back(answer: str, guests: int | None) -> Q | None:
    """Return what is so of seats that are given back by an answer with so many guests; None where none are."""
    if answer != Rsvp.Status.GOING:
        return Q()
    return None if guests is None else Q(guests__gt=guests)


def _take_part(membership: Membership, mine: Rsvp) -> None:
    """Who only looked and says openly that they come is one of the people now; a quiet answer leaves them unseen.

    Who takes part already stays untouched: whoever ends their membership waits for the event, and not we for them.
    """
    if membership.is_looking and not mine.is_quiet:
        Membership.objects.filter(pk=membership.pk, is_looking=True).update(is_looking=False)
