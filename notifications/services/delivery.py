"""Sending what is due: claim under a lease, decide, send, mark. In this order, whatever crashes.

Killed before the server took a message: the lease runs out and somebody else sends it. Killed
between that and the mark: it is sent again with the same Message-ID.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from time import monotonic
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, IntegrityError, transaction

from accounts.services.people import lock_people
from notifications.channels import Gone, Line, Refused, Taken, Unreachable
from notifications.channels.email import EmailLine
from notifications.channels.push import PushLine
from notifications.models import Delivery
from notifications.rate import is_limited, wait_for_slot
from notifications.rendering import speaking_to
from notifications.services import devices, marks, merging, pace, rounds
from notifications.services.claims import BATCH, LARGEST, LEASE, batches, hold_stale
from notifications.services.inbox import note_unread
from notifications.services.rounds import FRESH, Made, Ready

log = logging.getLogger(__name__)

TURN = timedelta(seconds=25)
FIRST_ROUND = 5  # so that the first mail goes out soon, also where many read at once or the machine is slow
LINES: dict[str, Callable[[datetime], Line[Any]]] = {
    Delivery.Channel.EMAIL: EmailLine,
    Delivery.Channel.PUSH: PushLine,
}


def deliver_due(
    *, now: datetime, channel: str = Delivery.Channel.EMAIL, lease: timedelta = LEASE, batch: int = BATCH
) -> Counter[str]:
    """Send everything that is due by one channel, in batches, for at most `TURN`; return how many ended how.

    Each channel has turns of its own, so that none waits for what carries another.
    """
    if channel == Delivery.Channel.INBOX:
        return InboxTurn(now, channel, lease).run(batch)
    with LINES[channel](now) as line:
        return LineTurn(now, channel, lease, line).run(batch)


class Turn:
    """One channel, for a while. `now` is the instant given by the caller, and the time that has passed since."""

    def __init__(self, now: datetime, channel: str, lease: timedelta) -> None:
        self.outcomes: Counter[str] = Counter()
        self._channel, self._lease = channel, lease
        self._began, self._started = now, monotonic()
        self._most = FIRST_ROUND

    @property
    def is_down(self) -> bool:
        """Whether nothing more can be sent in this turn."""
        return False

    @property
    def elapsed(self) -> timedelta:
        return timedelta(seconds=monotonic() - self._started)

    @property
    def is_over(self) -> bool:
        return self.is_down or self.elapsed >= TURN

    def now(self) -> datetime:
        return self._began + self.elapsed

    def run(self, batch: int) -> Counter[str]:
        self.outcomes["suppressed"] += hold_stale(now=self._began, channel=self._channel)

        def tell_size() -> int:
            return max(batch, min(self._most, LARGEST))

        for claimed in batches(self.now, channel=self._channel, lease=self._lease, tell_size=tell_size):
            self.work_off(claimed)
            if self.is_over:
                break
        return +self.outcomes

    def work_off(self, claimed: Iterable[Delivery]) -> None:
        """Decide and send these in rounds, each as large as what the one before had time for, twice."""
        waiting = deque(claimed)
        while waiting and not self.is_over:
            began = self.elapsed
            picked, lost = rounds.pick(waiting, self._most)
            is_late = partial(self._is_past, began + FRESH / 2)
            decided = rounds.decide_all(picked, channel=self._channel, now=self.now(), is_late=is_late)
            self.outcomes += decided.outcomes + Counter(lost_lease=lost)
            todo = deque(decided.ready)
            self._send(todo, until=began + FRESH)
            left = [*(ready.delivery for ready in todo), *decided.left]
            # A round that was small because there was nothing more says nothing of how much there is time for.
            self._most = max(2 * (len(picked) - len(left)), 1 if left else self._most)
            waiting.extendleft(reversed(left))
        if self.is_down:
            self.outcomes["unreachable"] += marks.put_back(list(waiting), now=self.now())
        elif waiting:
            self.outcomes["put_back"] += marks.let_go(list(waiting))

    def _is_past(self, moment: timedelta) -> bool:
        return self.elapsed > moment

    def _send(self, todo: deque[Ready], *, until: timedelta) -> None:
        """Send what was decided, and take it off; what is left at `until` is decided anew."""
        raise NotImplementedError


class InboxTurn(Turn):
    """Nothing leaves the house, so all are marked at once."""

    def _send(self, todo: deque[Ready], *, until: timedelta) -> None:
        ready, now = list(todo), self.now()
        todo.clear()
        deliveries = [one.delivery for one in ready]
        people = [delivery.notification.person_id for delivery in deliveries]
        with transaction.atomic():
            lock_people(people)
            count = marks.put(deliveries, now=now)
            note_unread(people, now=now)
        for one in ready:
            _note_asked(one, now)
        self.outcomes += Counter(sent=count, lost_lease=len(deliveries) - count)


class LineTurn(Turn):
    """A line that is open for the turn."""

    def __init__(self, now: datetime, channel: str, lease: timedelta, line: Line[Any]) -> None:
        super().__init__(now, channel, lease)
        self._line = line

    @property
    def is_down(self) -> bool:
        return self._line.is_down

    def _send(self, todo: deque[Ready], *, until: timedelta) -> None:
        """Send what was decided, as long as that is fresh. The next one is made while the server reads the one at hand.

        Then nothing but the mark comes after the server's answer: that this was sent, and that the next is begun.
        """
        gone: Made | None = None  # handed over, and nobody asked yet what came of it
        try:
            for upcoming in chain(self._made(todo, until), [None]):
                before, gone = gone, None
                gone = self._go_on(before, upcoming, todo)
        finally:
            if gone is not None:  # making the next one was broken off
                self._mark(gone if self._is_taken(gone) else None, None)

    def _go_on(self, gone: Made | None, upcoming: Made | None, todo: deque[Ready]) -> Made | None:
        """Ask what came of one, mark it, begin the next and hand that over. Return it when it went."""
        is_taken = gone is not None and self._is_taken(gone)
        if upcoming is not None and gone is not None and self.elapsed - gone.handed_at > FRESH:
            todo.appendleft(upcoming.ready)
            upcoming = None  # it is decided anew
        try:
            is_announced = upcoming is not None and self._is_announced(upcoming)
        except BaseException:  # is about the whole turn, but what was taken stays so
            self._mark(gone if is_taken else None, None)
            raise
        begun = upcoming if is_announced else None
        self._mark(gone if is_taken else None, begun)
        if begun is None:
            return None
        if not begun.is_begun:
            self._line.call_off()
            return None
        begun.handed_at, begun.answer = self.elapsed, self._line.hand_over(begun.parcel)
        return begun

    def _is_announced(self, made: Made) -> bool:
        """Connect, and say that it comes, before the try is counted: an unreachable server is nobody's failed try."""
        try:
            self._line.open(made.parcel)
            self._line.announce(made.parcel)
        except SoftTimeLimitExceeded:  # is about the whole turn
            raise
        except Unreachable as error:
            log.warning("%s unreachable: %s", self._channel, error)
            self.outcomes["unreachable"] += marks.put_back([made.delivery], now=self.now())
        except Exception:  # whatever is wrong with one message, the others go on
            log.exception("delivery %s could not be announced", made.delivery.uuid)
            self._line.call_off()
            self._failed(made.ready, reason="error")
        else:
            return True
        return False

    def _made(self, todo: deque[Ready], until: timedelta) -> Iterator[Made | None]:
        """Yield each, one at least; and None where it takes a while, so that what is begun does not wait for it."""
        is_first = True
        while todo and (is_first or self.elapsed < until) and not self.is_over:
            ready, is_first = todo.popleft(), False
            try:
                with speaking_to(ready.delivery.notification.person):
                    made = Made(ready, self._line.compose(ready.delivery, ready.sends))
            except SoftTimeLimitExceeded:  # is about the whole turn
                raise
            except Exception:  # whatever is wrong with one message, the others go on
                log.exception("delivery %s could not be made", ready.delivery.uuid)
                self._failed(ready, reason="error")
                continue
            if is_limited(self._channel) or not self._line.is_open(made.parcel):
                yield None
            wait_for_slot(self._channel, self.now)
            yield made

    def _mark(self, sent: Made | None, begun: Made | None) -> None:
        if sent is None and begun is None:
            return
        now = self.now()
        try:
            marked = self._move_on(sent, begun, now)
        except DatabaseError:
            if sent is None or begun is None:
                raise
            log.warning("delivery %s could not be begun", begun.delivery.uuid)
            marked = self._move_on(sent, None, now)  # that it went out is kept, whatever holds the next one
        if sent is not None:
            self.outcomes["sent" if sent.delivery.pk in marked else "lost_lease"] += 1
            devices.note_use(sent.delivery.subscription, now=now)
        if begun is not None:
            begun.is_begun = begun.delivery.pk in marked
            self.outcomes["lost_lease"] += not begun.is_begun
            if begun.is_begun:
                _note_asked(begun.ready, now)

    def _move_on(self, sent: Made | None, begun: Made | None, now: datetime) -> set[int]:
        carry = (sent is not None and sent.ready.carries) or (begun is not None and begun.ready.carries)
        with transaction.atomic() if carry else nullcontext():
            pair = (sent.delivery if sent else None, begun.delivery if begun else None)
            marked = marks.move_on(*pair, now=now, lease=self._lease)
            if carry:
                _mark_company(sent, begun, marked)
        return marked

    def _is_taken(self, made: Made) -> bool:
        """Return whether it was taken; what was not is marked."""
        match made.answer and made.answer():
            case Taken():
                return True
            case Refused(reason, is_final, wait):
                self._failed(made.ready, reason=reason, is_final=is_final, wait=wait)
            case Gone(reason):
                devices.forget(made.delivery.subscription, now=self.now())
                held = merging.held(made.delivery, reason=reason, carries=made.ready.carries, now=self.now())
                self.outcomes[held] += 1
        return False

    def _failed(self, ready: Ready, **how: Any) -> None:
        self.outcomes[merging.failed(ready.delivery, carries=ready.carries, now=self.now(), **how)] += 1


def _note_asked(ready: Ready, now: datetime) -> None:
    """Note what it asks. Its person may have gone this very moment, which is nobody else's trouble."""
    if not any(send.asks_fewer for send in ready.sends):
        return
    try:
        with transaction.atomic():
            pace.note_asked(person=ready.delivery.notification.person, sends=ready.sends, now=now)
    except IntegrityError:
        log.info("delivery %s has no person any more", ready.delivery.uuid)


def _mark_company(sent: Made | None, begun: Made | None, marked: set[int]) -> None:
    """Let those that share the fate of these share it."""
    if sent is not None and sent.delivery.pk in marked:
        merging.told(sent.delivery)
    if begun is not None and begun.delivery.pk in marked:
        merging.begun(begun.delivery)
