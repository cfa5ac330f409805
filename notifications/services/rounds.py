"""Some of a claimed batch, decided together: what all their decisions need is read at once, and used for a second.

A person is in a round once. What is sent to them first is then known when their next message is decided.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded

from notifications.channels import Answer
from notifications.decisions import Decision, Postpone, Send, decide
from notifications.gathered import Gathered, gather
from notifications.kinds import Hold
from notifications.models import Delivery
from notifications.rendering import speaking_to
from notifications.services import budget, claims, merging

log = logging.getLogger(__name__)

FRESH = timedelta(seconds=1)


@dataclass(frozen=True)
class Ready:
    """A message that is to be sent, with what it tells. `carries`: others share its fate."""

    delivery: Delivery
    sends: list[Send]
    carries: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether it counts against the weekly budget."""
        return self.delivery.channel != Delivery.Channel.INBOX and any(send.kind.is_bulk for send in self.sends)


@dataclass
class Made:
    """A message as it is handed over. Only one that is begun is; from then on its `answer` can be asked."""

    ready: Ready
    parcel: Any
    is_begun: bool = False
    handed_at: timedelta = timedelta()
    answer: Answer | None = None

    @property
    def delivery(self) -> Delivery:
        return self.ready.delivery


@dataclass
class Round:
    """What is ready, how others ended, and those for which there was no time."""

    ready: list[Ready] = field(default_factory=list)
    left: list[Delivery] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)


def pick(waiting: deque[Delivery], most: int) -> tuple[list[Delivery], int]:
    """Take the first ones off, at most so many, each for another person; return them fresh, and how many were lost."""
    taken = [waiting.popleft() for _ in range(min(most, len(waiting)))]
    ours = claims.still_ours(taken)
    picked: dict[int, Delivery] = {}
    for delivery in ours:
        picked.setdefault(delivery.notification.person_id, delivery)
    waiting.extendleft(one for one in reversed(ours) if one is not picked[one.notification.person_id])
    return list(picked.values()), len(taken) - len(ours)


def decide_all(picked: Sequence[Delivery], *, channel: str, now: datetime, is_late: Callable[[], bool]) -> Round:
    """Decide each, mark those that are not sent, and keep those a place that count against a weekly budget.

    Once it `is_late` the rest is left: what was read for them would be too old. One at least is decided.
    """
    done, carrying = Round(), merging.carrying(picked)
    known_for = _gathered(picked, channel, now)
    for place, delivery in enumerate(picked):
        if place and is_late():
            done.left.extend(picked[place:])
            break
        with _one_alone(done, delivery, now):
            _decide_into(done, delivery, known_for(delivery), carries=delivery.pk in carrying, now=now)
    _join_company(done, carrying, channel, now)
    _hold_without_place(done, now)
    return done


def _gathered(rows: Sequence[Delivery], channel: str, now: datetime) -> Callable[[Delivery], Gathered]:
    """Read for all of them together; where that breaks on one of them, for each alone, so that the others go on."""
    try:
        known = gather(rows, channel=channel, now=now)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("%s messages could not be looked up together", len(rows))
        return lambda one: gather([one], channel=channel, now=now)
    return lambda _one: known


@contextmanager
def _one_alone(done: Round, delivery: Delivery, now: datetime) -> Iterator[None]:
    """Whatever is wrong with one message, the others go on."""
    try:
        yield
    except SoftTimeLimitExceeded:  # is about the whole turn
        raise
    except Exception:
        log.exception("delivery %s could not be decided", delivery.uuid)
        done.outcomes[merging.failed(delivery, carries=True, reason="error", now=now)] += 1  # it may, or may not


def _decide_into(done: Round, delivery: Delivery, known: Gathered, *, carries: bool, now: datetime) -> None:
    decided = _decide(delivery, known, now)
    if isinstance(decided, Send):
        done.ready.append(Ready(delivery, [decided]))
        return
    how: dict[str, Any] = {"reason": decided.reason, "carries": carries, "now": now}
    if isinstance(decided, Postpone):
        done.outcomes[merging.postponed(delivery, until=decided.until, **how)] += 1
    else:
        done.outcomes[merging.held(delivery, **how)] += 1


def _decide(delivery: Delivery, known: Gathered, now: datetime) -> Decision:
    with speaking_to(delivery.notification.person):
        return decide(delivery, known, now=now)


def _join_company(done: Round, carrying: set[int], channel: str, now: datetime) -> None:
    """Let what waited for the morning go with those that are ready."""
    company = merging.companies([ready.delivery for ready in done.ready], carrying=carrying, now=now)
    if not company:
        return
    known_for = _gathered([other for others in company.values() for other in others], channel, now)
    leads, done.ready = done.ready, []
    for ready in leads:
        with _one_alone(done, ready.delivery, now):
            others = company.get(ready.delivery.pk, [])
            sends = [*ready.sends, *_decide_others(others, known_for, now)]
            done.ready.append(Ready(ready.delivery, sends, carries=bool(others)))


def _decide_others(others: Sequence[Delivery], known_for: Callable[[Delivery], Gathered], now: datetime) -> list[Send]:
    """Decide each that goes with a lead; return those that are sent."""
    sends = []
    for other in others:
        match _decide(other, known_for(other), now):
            case Send() as send:
                sends.append(send)
            case Hold(reason):
                merging.dropped(other, reason=reason)
            case Postpone(until):
                merging.put_off(other, until=until)
    return sends


def _hold_without_place(done: Round, now: datetime) -> None:
    """Two senders may both have found a last free place when they decided: here only one of them has it."""
    counted = [ready for ready in done.ready if ready.is_counted]
    placed = budget.keep_places([ready.delivery for ready in counted], now=now) if counted else set()
    decided, done.ready = done.ready, []
    for ready in decided:
        if not ready.is_counted or ready.delivery.pk in placed:
            done.ready.append(ready)
        elif ready.sends[0].kind.is_bulk:
            how: dict[str, Any] = {"reason": "weekly_budget", "carries": ready.carries, "now": now}
            done.outcomes[merging.held(ready.delivery, **how)] += 1
        else:
            done.ready.append(_without_bulk(ready))


def _without_bulk(ready: Ready) -> Ready:
    """A lead that does not count itself goes without those that do."""
    bulk = {send.kind.name for send in ready.sends if send.kind.is_bulk}
    merging.dropped_from(ready.delivery, kinds=bulk, reason="weekly_budget")
    return replace(ready, sends=[send for send in ready.sends if not send.kind.is_bulk])
