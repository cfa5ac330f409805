"""Seats and the line for them.

Every door (page, API, link in a mail, a host, leaving, a raised capacity) ends in `take_seat`, `free_seat`, `forget`
or `promote`. All want the event's row locked (`lock_event`), which makes the order of arrival at that lock the
order of the line; who gets the next seats is said in `groups/line.py`. At no commit do the earliest in line wait for
seats that are free.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from core.held import was_held
from core.visibility import get_still
from groups.line import let_in
from groups.models import Event, Membership, Rsvp
from groups.models.events import EventQuerySet
from groups.services.seat_news import news_for_first_in_line, news_for_greeter, news_for_promoted
from notifications.services.outbox import Message, notify_all

ANSWERS = (Rsvp.Status.GOING, Rsvp.Status.MAYBE, Rsvp.Status.DECLINED)
HOLDING = frozenset({Rsvp.Status.GOING, Rsvp.Status.WAITLISTED})  # a seat, or a place in line
KEPT_UNTIL = timedelta(hours=24)  # before the start; from then on no seat is kept for whoever it is too few for


def rsvp(
    *,
    event: Event,
    person: User,
    answer: str,
    guests: int | None = None,
    is_quiet: bool | None = None,
    is_first_time: bool | None = None,
    now: datetime,
) -> Rsvp:
    """Keep one person's one answer (a value of `ANSWERS`) to an event, and return it as it stands.

    Going means seats for oneself and one's guests, or a place at the end of the line. What is None stays as it was.
    Raises DomainError when the event is cancelled or over, when the person is not in its group, or when there is no
    room for the guests. Giving a seat back is possible for everybody.
    """
    if answer not in ANSWERS:
        raise InvalidInput("unknown_answer", _("Choose going, maybe or can't come."), field="answer")
    with transaction.atomic():
        locked = lock_event(event)
        require_open(locked, now)
        membership, in_line = _membership(locked, person)
        if answer != Rsvp.Status.DECLINED:
            require_good_standing(membership.person, now=now)
        mine, line = answers_at(locked, person)
        mine.is_quiet = mine.is_quiet if is_quiet is None else is_quiet
        mine.is_first_time = mine.is_first_time if is_first_time is None else is_first_time
        mine.answered_at = now
        if answer == Rsvp.Status.GOING:
            take_seat(locked, mine, line, in_line=in_line, guests=guests, now=now)
            _take_part(membership, mine)
        else:
            free_seat(locked, mine, answer=answer, now=now)
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


def lock_events(events: EventQuerySet) -> list[Event]:
    """Return the rows as they are now, locked one after the other as everybody does who wants many: by their key."""
    return list(events.order_by("pk").select_for_update(no_key=True, of=("self",)))


def answers_at(event: Event, person: User) -> tuple[Rsvp, list[Rsvp]]:
    """Return the person's answer to a locked event, a new one if need be, and the line as far as it may move.

    Where no seat is free the line is not read. Either way an answer in line knows its own `position`.
    """
    answers = Rsvp.objects.filter(event=event).select_related("person")
    if not event.has_seat:
        return answers.with_position().filter(person=person).first() or Rsvp(event=event, person=person), []
    asked = answers.filter(Q(person=person) | Q(status=Rsvp.Status.WAITLISTED))
    found = list(asked.order_by("place"))
    mine = next((answer for answer in found if answer.person_id == person.pk), None)
    line = [answer for answer in found if answer.status == Rsvp.Status.WAITLISTED]
    for number, answer in enumerate(line, start=1):
        answer.position = number
    return mine or Rsvp(event=event, person=person), line


def given_up(events: Collection[Event], person: User) -> tuple[list[Rsvp], dict[int, list[Rsvp]]]:
    """Return the person's answers to locked events, and event → the line for the seats that they have there."""
    seats = Rsvp.objects.filter(event=OuterRef("event"), person=person, status=Rsvp.Status.GOING)
    asked = Q(person=person) | Q(Exists(seats), status=Rsvp.Status.WAITLISTED)
    found = list(Rsvp.objects.filter(asked, event__in=events).select_related("person").order_by("place"))
    mine = [answer for answer in found if answer.person_id == person.pk]
    lines: dict[int, list[Rsvp]] = {answer.event_id: [] for answer in mine if answer.status == Rsvp.Status.GOING}
    for answer in found:
        if answer.person_id != person.pk:
            lines[answer.event_id].append(answer)
    return mine, lines


def take_seat(
    event: Event, mine: Rsvp, line: list[Rsvp], *, in_line: int, guests: int | None = None, now: datetime
) -> None:
    """Keep the seats or the place that `mine` has; else join the end of the line of so many, which then moves.

    Guests may be fewer at any time. More of them get seats that are free as long as nobody waits; otherwise the
    answer is refused and stays as it was, so that nobody's guests pass the line.
    """
    holds = mine.status in HOLDING
    had = mine.guests if holds else 0
    wanted = had if guests is None else guests
    _require_allowed(event, wanted, had)
    if holds and wanted > had and not (mine.status == Rsvp.Status.GOING and _is_room(event, wanted - had, line)):
        raise DomainError(
            "no_room_for_guests",
            _("There are no more seats for guests right now. Your answer stays as it was."),
            field="guests",
        )
    mine.guests = wanted
    if not holds:
        mine.status, mine.place, mine.promoted_at = Rsvp.Status.WAITLISTED, event.next_place, None
        event.next_place += 1
        line = [*line, mine]
    elif mine.status == Rsvp.Status.GOING:
        event.going_count += wanted - had
        line = line or _lines([event]).get(event.pk, []) if wanted < had else line
    others, news = _move(event, line, present=mine, now=now)
    if mine.place is not None and mine.position is None:
        mine.position = in_line + 1  # nobody came in meanwhile
    _write_down(others)
    mine.save()
    event.save(update_fields=["going_count", "next_place"])
    if mine.status == Rsvp.Status.GOING:
        news += news_for_greeter(event, [mine])
    notify_all(news, now=now)


def free_seat(event: Event, mine: Rsvp, *, answer: str = Rsvp.Status.DECLINED, now: datetime) -> None:
    """Give back the seats or the place of `mine`, leave `answer` in its stead, and let the next ones in."""
    freed = mine.seats if mine.status == Rsvp.Status.GOING else 0
    mine.status, mine.place, mine.promoted_at, mine.guests, mine.position = answer, None, None, 0, None
    mine.save()
    _hand_on({event: freed}, now=now)


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


def _write_down(others: list[Rsvp]) -> None:
    Rsvp.objects.bulk_update(others, ["status", "place", "promoted_at"])


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


def require_open(event: Event, now: datetime) -> None:
    """Raise DomainError when the event takes no answers any more."""
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event is cancelled, so it takes no answers any more."))
    if not event.is_open(now):
        raise DomainError("event_over", _("This event is over, so it takes no answers any more."))


def _require_allowed(event: Event, guests: int, had: int) -> None:
    """Fewer guests or seats than before send nobody away: as many as the answer has stay allowed."""
    most = event.guests_allowed
    if event.capacity is not None:
        most = min(most, event.capacity - 1)
    most = max(most, had)
    if 0 <= guests <= most:
        return
    if most == 0:
        raise InvalidInput("no_guests", _("This event has seats for its people only, without guests."), field="guests")
    text = ngettext("You can bring one guest.", "You can bring up to %(most)s guests.", most)
    raise InvalidInput("too_many_guests", text % {"most": most}, field="guests")


def _is_room(event: Event, seats: int, line: list[Rsvp]) -> bool:
    return event.seats_left is None or (event.seats_left >= seats and not line)


def _membership(event: Event, person: User) -> tuple[Membership, int]:
    """Return the membership with its person as they are now, and how many wait in line.

    Asked under the event's lock: leaving, a suspension and a ban take the same lock, so no seat outlives them.
    """
    members = Membership.objects.current().filter(group=event.group_id, person=person)
    found: Any = members.select_related("person").annotate(in_line=how_many_wait(event)).first()
    if found is None:
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
    return found, found.in_line


def how_many_wait(event: Event) -> Coalesce:
    """Return what to annotate a row with that is read under the event's lock."""
    waiting = Rsvp.objects.filter(event=event, status=Rsvp.Status.WAITLISTED).order_by().values("event")
    return Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), Value(0))


def _take_part(membership: Membership, mine: Rsvp) -> None:
    """Who only looked and says openly that they come is one of the people now; a quiet answer leaves them unseen.

    Who takes part already stays untouched: whoever ends their membership waits for the event, and not we for them.
    """
    if membership.is_looking and not mine.is_quiet:
        Membership.objects.filter(pk=membership.pk, is_looking=True).update(is_looking=False)
