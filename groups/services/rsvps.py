"""Seats and the line for them.

Every door (page, API, link in a mail, a host, leaving, a raised capacity) ends in `take_seat`, `free_seat` or
`promote`. All three want the event's row locked (`lock_event`), which makes the order of arrival at that lock the
order of the line; who gets the next seats is said in `groups/line.py`. At no commit do the earliest in line wait for
seats that are free.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.line import let_in
from groups.models import Event, Membership, Rsvp
from groups.services.seat_news import tell_first_in_line, tell_greeter, tell_promoted

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
        membership = _membership(locked, person)
        if answer != Rsvp.Status.DECLINED:
            require_good_standing(membership.person, now=now)
        mine = Rsvp.objects.filter(event=locked, person=person).first() or Rsvp(event=locked, person=person)
        mine.is_quiet = mine.is_quiet if is_quiet is None else is_quiet
        mine.is_first_time = mine.is_first_time if is_first_time is None else is_first_time
        mine.answered_at = now
        if answer == Rsvp.Status.GOING:
            take_seat(locked, mine, guests=guests, now=now)
            _take_part(membership, mine)
        else:
            free_seat(locked, mine, answer=answer, now=now)
        return mine


def withdraw(*, event: Event, person: User, now: datetime) -> None:
    """Forget the person's answer, and give back their seats; without an answer nothing happens."""
    with transaction.atomic():
        locked = lock_event(event)
        mine = Rsvp.objects.filter(event=locked, person=person).first()
        if mine is None:
            return
        if now >= locked.ends_at:
            raise DomainError("event_over", _("This event is over, so it takes no answers any more."))
        free_seat(locked, mine, now=now)
        mine.delete()


def lock_event(event: Event) -> Event:
    """Return the event's row as it is now, locked until the end of the transaction."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def take_seat(event: Event, mine: Rsvp, *, guests: int | None = None, now: datetime) -> None:
    """Keep the seats or the place that `mine` has; else join the end of the line, which then moves.

    Guests may be fewer at any time. More of them get seats that are free as long as nobody waits; otherwise the
    answer is refused and stays as it was, so that nobody's guests pass the line.
    """
    holds = mine.status in HOLDING
    had = mine.guests if holds else 0
    wanted = had if guests is None else guests
    _require_allowed(event, wanted, had)
    if holds and wanted > had and not (mine.status == Rsvp.Status.GOING and _is_room(event, wanted - had)):
        raise DomainError(
            "no_room_for_guests",
            _("There are no more seats for guests right now. Your answer stays as it was."),
            field="guests",
        )
    mine.guests = wanted
    if not holds:
        mine.status, mine.place, mine.promoted_at = Rsvp.Status.WAITLISTED, event.next_place, None
        event.next_place += 1
    elif mine.status == Rsvp.Status.GOING:
        event.going_count += wanted - had
    mine.save()
    event.save(update_fields=["going_count", "next_place"])
    promote(event, present=mine, now=now)
    if mine.status == Rsvp.Status.GOING:
        tell_greeter(event, [mine], now=now)


def free_seat(event: Event, mine: Rsvp, *, answer: str = Rsvp.Status.DECLINED, now: datetime) -> None:
    """Give back the seats or the place of `mine`, leave `answer` in its stead, and let the next ones in."""
    freed = mine.seats if mine.status == Rsvp.Status.GOING else 0
    mine.status, mine.place, mine.promoted_at, mine.guests = answer, None, None, 0
    mine.save()
    if freed:
        event.going_count -= freed
        event.save(update_fields=["going_count"])
    promote(event, now=now)


def promote(event: Event, *, present: Rsvp | None = None, now: datetime) -> None:
    """Give the free seats to the line, as `groups/line.py` says, and tell each of them once.

    `present` is the answer being given: it reads on the page what became of it, and gets no message.
    """
    if not event.is_open(now) or not event.has_seat:
        return
    keeps = now < event.starts_at - KEPT_UNTIL
    line = list(Rsvp.objects.filter(event=event).in_line().select_related("person"))
    lucky = let_in(line, free=event.seats_left, capacity=event.capacity, keeps=keeps)
    if lucky:
        _seat(event, lucky, present=present, now=now)
    waiting = [answer for answer in line if answer not in lucky]
    if keeps and waiting and event.has_seat:
        tell_first_in_line(event, waiting, now=now)


def _seat(event: Event, lucky: list[Rsvp], *, present: Rsvp | None, now: datetime) -> None:
    others = [answer for answer in lucky if answer != present]
    tell_promoted(event, others, now=now)  # names each by the place that is given up below
    for answer in others:
        answer.status, answer.place, answer.promoted_at = Rsvp.Status.GOING, None, now
    Rsvp.objects.bulk_update(others, ["status", "place", "promoted_at"])
    if present is not None and present in lucky:
        present.status, present.place = Rsvp.Status.GOING, None
        present.save(update_fields=["status", "place"])
    event.going_count += sum(answer.seats for answer in lucky)
    event.save(update_fields=["going_count"])
    tell_greeter(event, others, now=now)


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


def _is_room(event: Event, seats: int) -> bool:
    if event.seats_left is None:
        return True
    return event.seats_left >= seats and not Rsvp.objects.filter(event=event).in_line().exists()


def _membership(event: Event, person: User) -> Membership:
    """Return the membership with its person as they are now.

    Asked under the event's lock: leaving, a suspension and a ban take the same lock, so no seat outlives them.
    """
    members = Membership.objects.current().filter(group=event.group_id, person=person)
    found = members.select_related("person").first()
    if found is None:
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
    return found


def _take_part(membership: Membership, mine: Rsvp) -> None:
    """Who only looked and says openly that they come is one of the people now; a quiet answer leaves them unseen."""
    if membership.is_looking and not mine.is_quiet:
        Membership.objects.filter(pk=membership.pk).update(is_looking=False)
