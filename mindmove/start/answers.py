"""The answer of “Where do I start?” for one viewer: rows as they may see them, picked and explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from core.visibility import Viewer
from groups.finding import Wish as GroupWish
from groups.finding import find_groups
from groups.models import Group, Rsvp
from groups.queries import name_of_greeter, next_public_events
from groups.services.rsvps import HOLDING
from library.models import Need, RedFlag, SafetyText
from mindmove.start.decision import (
    Company,
    MeetingFacts,
    Pick,
    PlanFacts,
    Portion,
    Wish,
    pick_meetings,
    pick_plans,
)
from mindmove.start.wording import portion_in_words, why_in_words
from plans.models import Enrollment, PlanTemplate

LOOKED_AT = 60  # coming events, and groups: enough to choose from, and a bound
Kind = Group.Kind
KINDS = {  # which kinds of group an exercise type is found in
    "walking": {Kind.WALKING, Kind.HIKING},
    "aerobic": {Kind.RUNNING, Kind.CYCLING},
    "strength": {Kind.STRENGTH},
    "mindful": {Kind.MINDFUL},
    "group-outdoor": {Kind.WALKING, Kind.HIKING, Kind.RUNNING},
}


@dataclass(frozen=True)
class Suggestion:
    """A plan, an event or a group, with the codes and the words of why it is suggested."""

    row: Any
    reasons: list[str]
    why: list[str]


@dataclass(frozen=True)
class Answer:
    """A first action now, and what could come after it. Care comes first: `red_flags` are shown with the action."""

    need: Need
    wish: Wish
    portion: Portion
    types: list[Any]
    mechanisms: list[Any]
    plans: list[Suggestion]
    events: list[Suggestion]
    groups: list[Suggestion]
    already_following: list[PlanTemplate]
    red_flags: Iterable[RedFlag]
    care: Iterable[SafetyText]

    @property
    def portion_words(self) -> str:
        return portion_in_words(self.portion)

    @property
    def minutes_key(self) -> str:
        """The minutes as addresses have them."""
        return str(self.wish.minutes)

    @property
    def wants_company_first(self) -> bool:
        return self.wish.company == Company.TOGETHER

    @property
    def wants_to_be_alone(self) -> bool:
        return self.wish.company == Company.ALONE


def answer_for(viewer: Viewer, need: Need, wish: Wish, *, now: datetime) -> Answer:
    """Gather the answer in a fixed number of queries. `need` comes from `NeedQuerySet.with_page`."""
    types = need.shown_types  # type: ignore[attr-defined]
    order = [link.exercise_type.slug for link in types]
    followed = set(Enrollment.objects.visible_to(viewer).active().values_list("template", flat=True))
    offered = PlanTemplate.objects.visible_to(viewer).by_editors().filter(is_published=True)
    plans = list(offered.with_needs(viewer).with_beginning())
    events = pick_meetings(wish, _events(viewer, order, now=now))
    return Answer(
        need=need,
        wish=wish,
        portion=wish.portion_of(need.action_minutes),
        types=types,
        mechanisms=need.shown_mechanisms,  # type: ignore[attr-defined]
        plans=_explained(pick_plans(wish, [_plan_facts(plan, need) for plan in plans if plan.pk not in followed])),
        events=_explained(events),
        groups=[] if events else _explained(pick_meetings(wish, _groups(viewer, order, now=now))),
        already_following=[plan for plan in plans if plan.pk in followed and need in plan.shown_needs],
        red_flags=RedFlag.objects.visible_to(viewer).shown_with(need),
        care=SafetyText.objects.visible_to(viewer).placed(need.slug, "finder"),
    )


def _explained[F](picks: list[Pick[F]]) -> list[Suggestion]:
    return [
        Suggestion(
            row=pick.facts.row,  # type: ignore[attr-defined]
            reasons=[reason.code.value for reason in pick.reasons],
            why=why_in_words(pick.reasons),
        )
        for pick in picks
    ]


def _plan_facts(plan: Any, need: Need) -> PlanFacts:
    return PlanFacts(
        key=plan.slug,
        order=plan.order,
        first_minutes=plan.first_minutes or 0,
        small_minutes=plan.small_minutes or 0,
        company_share=plan.steps_together / plan.steps if plan.steps else 0.0,
        is_for_need=need in plan.shown_needs,
        row=plan,
    )


def _events(viewer: Viewer, order: list[str], *, now: datetime) -> list[MeetingFacts]:
    """What starts later, has a seat, and is not answered yet."""
    coming = Rsvp.objects.visible_to(viewer).filter(person=viewer.pk, event=OuterRef("pk"), status__in=HOLDING)
    events: Any = next_public_events(viewer, now=now).filter(~Exists(coming), starts_at__gt=now).with_seats()
    mine = set(Group.objects.visible_to(viewer).joined_by(viewer).values_list("pk", flat=True))
    return [
        MeetingFacts(
            key=str(event.uuid),
            is_easy=event.effort == Group.Effort.EASY,
            suits=_place_of(event.group.kind, order),
            is_greeted=event.greeter_id is not None,
            greeter=name_of_greeter(event) or "",
            is_mine=event.group_id in mine,
            is_far=_is_far(viewer, event.time_zone, event.group),
            starts_at=event.starts_at,
            row=event,
        )
        for event in events[:LOOKED_AT]
    ]


def _groups(viewer: Viewer, order: list[str], *, now: datetime) -> list[MeetingFacts]:
    """Open groups that the viewer is not in."""
    groups: Any = find_groups(viewer, GroupWish(), now=now)
    return [
        MeetingFacts(
            key=group.slug,
            is_easy=group.effort == Group.Effort.EASY,
            suits=_place_of(group.kind, order),
            is_far=_is_far(viewer, group.time_zone, group),
            row=group,
        )
        for group in groups.filter(join_policy=Group.JoinPolicy.OPEN, is_member=False)[:LOOKED_AT]
    ]


def _place_of(kind: str, order: list[str]) -> int | None:
    return next((place for place, slug in enumerate(order) if kind in KINDS.get(slug, ())), None)


def _is_far(viewer: Viewer, zone: str, group: Group) -> bool:
    """Whether it is in another language than the reader's, or on another clock; a visitor's clock is not known."""
    return not group.speaks(get_language() or "en") or (viewer.is_authenticated and viewer.time_zone != zone)
