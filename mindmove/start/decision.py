"""Where do I start? From time and company to a few plans, events and groups, each with its reasons.

Pure and deterministic: the same wish and the same facts, in whatever order, give the same answer. A reason is
given only when it is true of what it stands beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST = 3  # more would be a list to search, when one next thing is wanted
ENOUGH_COMPANY = 1 / 4  # of a plan's steps, for it to be about company


class Company(StrEnum):
    EITHER = "either"
    ALONE = "alone"
    TOGETHER = "together"


class Portion(StrEnum):
    """How much of the first action fits into the time."""

    PART = "part"
    WHOLE = "whole"
    LONGER = "longer"


class Code(StrEnum):
    """Why something is suggested."""

    STARTS_SMALL = "starts-small"  # its first steps fit into the time
    HAS_SMALL_VERSION = "has-small-version"  # its small versions do
    LEADS_TO_COMPANY = "leads-to-company"
    WORKS_ALONE = "works-alone"
    FOR_ANY_NEED = "for-any-need"  # nothing was written for this need alone
    YOU_BELONG = "you-belong"
    IS_GREETED = "is-greeted"
    IS_EASY = "is-easy"
    SUITS_NEED = "suits-need"  # its kind is recommended for the need
    IS_OPEN = "is-open"


@dataclass(frozen=True)
class Wish:
    minutes: int
    company: Company

    def portion_of(self, action_minutes: int) -> Portion:
        if self.minutes < action_minutes:
            return Portion.PART
        return Portion.LONGER if self.minutes > action_minutes else Portion.WHOLE


@dataclass(frozen=True)
class Reason:
    code: Code
    minutes: int = 0
    name: str = ""


@dataclass(frozen=True)
class PlanFacts:
    """`first_minutes` is the longest step of the first week, `small_minutes` the longest small version in it."""

    key: str
    order: int
    first_minutes: int
    small_minutes: int
    company_share: float  # of all its steps
    is_for_need: bool = True
    row: Any = None

    @property
    def leads_to_company(self) -> bool:
        return self.company_share >= ENOUGH_COMPANY

    @property
    def works_alone(self) -> bool:
        return self.company_share == 0


@dataclass(frozen=True)
class MeetingFacts:
    """An event to come with seats left, or (without `starts_at`) a group that anybody may join.

    `suits` is the place of its kind in what is recommended for the need, None when it is not in it.
    """

    key: str
    is_easy: bool
    suits: int | None
    is_greeted: bool = False
    greeter: str = ""  # as far as the viewer may know the name
    is_mine: bool = False
    is_far: bool = False
    starts_at: datetime | None = None
    row: Any = None


@dataclass(frozen=True)
class Pick[F]:
    facts: F
    reasons: tuple[Reason, ...]


def pick_plans(wish: Wish, plans: Iterable[PlanFacts]) -> list[Pick[PlanFacts]]:
    """Return the plans that answer the need, those that suit company and time first; without any, gentle ones."""
    known = list(plans)
    answering = [plan for plan in known if plan.is_for_need] or known
    ordered = sorted(answering, key=lambda plan: _plan_rank(wish, plan))
    return [Pick(plan, tuple(_plan_reasons(wish, plan))) for plan in ordered[:MOST]]


def pick_meetings(wish: Wish, meetings: Iterable[MeetingFacts]) -> list[Pick[MeetingFacts]]:
    """Return where newcomers are greeted first, then by effort, kind and day; nothing for whoever wants to be alone."""
    if wish.company == Company.ALONE:
        return []
    return [Pick(meeting, tuple(_meeting_reasons(meeting))) for meeting in sorted(meetings, key=_meeting_rank)[:MOST]]


def _plan_rank(wish: Wish, plan: PlanFacts) -> tuple[Any, ...]:
    """Company, then time: whole steps that fit before small versions, the smallest of those first."""
    suits = {Company.EITHER: True, Company.ALONE: plan.works_alone, Company.TOGETHER: plan.leads_to_company}
    small = 0 if plan.first_minutes <= wish.minutes else plan.small_minutes
    return (not suits[wish.company], small, plan.order, plan.key)


def _plan_reasons(wish: Wish, plan: PlanFacts) -> Iterable[Reason]:
    if not plan.is_for_need:
        yield Reason(Code.FOR_ANY_NEED)
    if plan.leads_to_company and wish.company != Company.ALONE:
        yield Reason(Code.LEADS_TO_COMPANY)
    if plan.works_alone and wish.company == Company.ALONE:
        yield Reason(Code.WORKS_ALONE)
    if plan.first_minutes <= wish.minutes:
        yield Reason(Code.STARTS_SMALL, minutes=plan.first_minutes)
    else:
        yield Reason(Code.HAS_SMALL_VERSION, minutes=plan.small_minutes)


def _meeting_rank(meeting: MeetingFacts) -> tuple[Any, ...]:
    suits = len(Code) if meeting.suits is None else meeting.suits
    starts = meeting.starts_at.timestamp() if meeting.starts_at else float("inf")
    return (meeting.is_far, not meeting.is_greeted, not meeting.is_easy, suits, starts, meeting.key)


def _meeting_reasons(meeting: MeetingFacts) -> Iterable[Reason]:
    if meeting.is_mine:
        yield Reason(Code.YOU_BELONG)
    elif meeting.is_greeted:
        yield Reason(Code.IS_GREETED, name=meeting.greeter)
    if meeting.is_easy:
        yield Reason(Code.IS_EASY)
    elif meeting.suits is not None:
        yield Reason(Code.SUITS_NEED)
    if not (meeting.is_mine or meeting.is_greeted or meeting.is_easy or meeting.suits is not None):
        yield Reason(Code.IS_OPEN)
