"""Somebody who follows a plan, somebody who is going, and a mail server (see the notifications' kit)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from accounts.models import User
from groups.models import Event, Membership, Rsvp
from plans.models import Cue, DayChange, Enrollment, PlanTemplate
from tests.kit.cast import make_group
from tests.kit.world import make_event
from tests.notifications.conftest import make_reachable, sink

__all__ = ["sink"]

LONG_AGO = datetime(2005, 1, 1, tzinfo=UTC)
SENTENCE = {"when_text": "I have put the kettle on", "then_text": "walk to the corner"}


def make_template(slug: str = "low-mood-activation") -> PlanTemplate:
    return PlanTemplate.objects.create(
        slug=slug,
        title_en="When mood is low",
        title_zh_hans="情绪低落时",
        weeks=4,
        sessions_min=2,
        sessions_max=4,
        is_published=True,
    )


def follow(person: User, *cues: tuple[int, time], template: PlanTemplate | None = None, **fields: Any) -> Enrollment:
    """Let the person follow a plan with cues as (weekday, time) pairs, since long ago."""
    defaults: dict[str, Any] = {"starts_on": date(2005, 1, 1), "created_at": LONG_AGO, **SENTENCE}
    enrollment = Enrollment.objects.create(
        person=person, template=template or make_template(), **{**defaults, **fields}
    )
    for weekday, at_time in cues:
        Cue.objects.create(enrollment=enrollment, weekday=weekday, at_time=at_time)
    return enrollment


def put_on(enrollment: Enrollment, planned_on: date, moved_to: date | None, **fields: Any) -> DayChange:
    """Let the step of a day lie on another since long ago; without one, the day is for rest."""
    values = {"created_at": LONG_AGO, **fields}
    return DayChange.objects.create(enrollment=enrollment, planned_on=planned_on, moved_to=moved_to, **values)


@pytest.fixture
def mika(db: None) -> User:
    """Somebody in Berlin with the usual quiet hours, 21:30 to 7:00."""
    return make_reachable("mika")


@pytest.fixture
def going(mika: User) -> Callable[..., Rsvp]:
    """Return a function: Mika is going to an event that starts at the instant."""

    def go(
        starts_at: datetime, *, answered_at: datetime = LONG_AGO, zone: str = "Europe/Berlin", **fields: Any
    ) -> Rsvp:
        group = make_group()
        Membership.objects.create(group=group, person=mika)
        ends_at = starts_at + timedelta(hours=1)
        event = make_event(group, starts_at, starts_at=starts_at, ends_at=ends_at, time_zone=zone, **fields)
        Event.objects.filter(pk=event.pk).update(going_count=1)
        return Rsvp.objects.create(event=event, person=mika, status=Rsvp.Status.GOING, answered_at=answered_at)

    return go
