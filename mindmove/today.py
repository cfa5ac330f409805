"""What the home page says: to a member, the day; to a visitor, where to begin. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists
from django.utils.translation import get_language

from accounts.models import User
from core import clock
from core.visibility import Viewer
from groups.models import Event, Group, Rsvp
from groups.models.readers import Reader
from library.drawing.scene import Drawing
from library.map import in_small
from library.models import Domain, Mechanism, Need
from plans.rest import RestNote
from plans.today import Step, active_plans, day_of
from plans.week import Dose

LOOKED_AT = 30  # coming events: enough to choose from, and a bound
COMING = (Rsvp.Status.GOING, Rsvp.Status.MAYBE, Rsvp.Status.WAITLISTED)


@dataclass(frozen=True)
class Today:
    """A member's day. `step` is the one to offer first; `begins_on` is set while every plan lies ahead."""

    day: date
    step: Step | None
    other_steps: list[Step]
    follows_a_plan: bool
    begins_on: date | None
    answer: Rsvp | None
    is_in_a_group: bool
    dose: Dose
    rest_note: RestNote | None


def today_of(person: User, *, now: datetime) -> Today:
    """Gather a member's day, in a fixed number of queries."""
    day = clock.local_day(now, person.time_zone)
    groups = Group.objects.visible_to(person).joined_by(person)
    plans: list[Any] = list(active_plans(person).annotate(is_in_a_group=Exists(groups)))  # asked along: one query
    mine = day_of(person, plans, now=now)
    steps = sorted(mine.steps, key=_comes_first)
    starts = [enrollment.starts_on for enrollment in plans]
    answer = next_answer_of(person, now=now)
    return Today(
        day=day,
        step=steps[0] if steps else None,
        other_steps=steps[1:],
        follows_a_plan=bool(starts),
        begins_on=min(starts) if starts and min(starts) > day else None,
        answer=answer,
        is_in_a_group=answer is not None or (plans[0].is_in_a_group if plans else groups.exists()),
        dose=mine.dose,
        rest_note=mine.rest_note,
    )


def _comes_first(step: Step) -> tuple[bool, bool, bool]:
    """Open steps before those done, those that ask for nothing last of them; then the one with a time for today."""
    return (step.is_done_today, step.asks_nothing, step.planned_at is None)


def next_answer_of(person: User, *, now: datetime) -> Rsvp | None:
    """Return the person's answer to the next event that they have not declined."""
    events = Event.objects.visible_to(person).scheduled().upcoming(now)
    own = Rsvp.objects.visible_to(person).filter(person=person, status__in=COMING, event__in=events)
    return own.select_related("event__group").order_by("event__starts_at").first()


@dataclass(frozen=True)
class Welcome:
    """What a visitor finds: what may weigh on them, the domains, the map in small, and a real event to come."""

    needs: list[Need]
    domains: list[Domain]
    map: Drawing
    event: Event | None


def welcome_for(viewer: Viewer, *, now: datetime) -> Welcome:
    return Welcome(
        needs=list(Need.objects.visible_to(viewer)),
        domains=list(Domain.objects.visible_to(viewer)),
        map=in_small(list(Mechanism.objects.visible_to(viewer).with_relations(viewer))),
        event=_next_event_for(viewer, now=now),
    )


def _next_event_for(viewer: Viewer, *, now: datetime) -> Event | None:
    """Return the next open event, of a group that speaks the reader's language if there is one."""
    events = Event.objects.findable_by(Reader.of(viewer)).scheduled().upcoming(now)
    soon = list(events.filter(starts_at__gt=now).select_related("group")[:LOOKED_AT])
    language = get_language() or "en"
    return min(soon, key=lambda event: not event.group.speaks(language), default=None)
