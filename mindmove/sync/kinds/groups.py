"""The groups I belong to, their events and those I answered, and my answers."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast

from accounts.models import User
from core import clock
from groups.models import Event, Group, Membership, Picture, Rsvp
from groups.models.readers import Reader
from groups.services.occurrences import HORIZON
from mindmove.sync.kind import Kind, Rows
from mindmove.sync.shapes.groups import EventShape, GroupShape, RsvpShape
from mindmove.sync.versions import Parts

BACK = timedelta(days=30)
PLACE: Parts = {name: Case(When(is_rough=False, then=F(name))) for name in ("latitude", "longitude")}


def begin_of(day: date) -> datetime:
    return clock.instant_of(day, time.min, "UTC")


def _my_groups(person: User, _today: date) -> Rows:
    mine = Membership.objects.visible_to(person).filter(group=OuterRef("pk"), person=person)
    return (
        Group.objects.visible_to(person)
        .joined_by(person)
        .annotate(
            role=Subquery(mine.values("role")),
            is_looking=Subquery(mine.values("is_looking")),
            joined_at=Subquery(mine.values("joined_at")),
        )
    )


def _events(person: User, today: date) -> Rows:
    """Those I answered however far ahead, of my groups those up to the horizon to which series are made."""
    answered = Exists(Rsvp.objects.own_of(person).filter(event=OuterRef("pk")))
    near = Q(group__in=Reader.of(person).groups, starts_at__lt=begin_of(today + HORIZON + timedelta(days=1)))
    return Event.objects.visible_to(person).filter(near | Q(answered), ends_at__gte=begin_of(today - BACK))


def _my_answers(person: User, today: date) -> Rows:
    own = Rsvp.objects.own_of(person).filter(event__in=Event.objects.visible_to(person))
    return own.filter(event__ends_at__gte=begin_of(today - BACK)).with_position()


def _pictures(person: User) -> Any:
    return Picture.objects.visible_to(person).filter(post=None)


def _parts_of_group(person: User) -> Parts:
    picture = _pictures(person).filter(group=OuterRef("pk")).values(found=Cast("uuid", TextField()))
    is_open = Case(When(closed_at=None, hidden_at=None, then=Value(1)), default=Value(0))
    mine = {name: F(name) for name in ("role", "is_looking", "joined_at")}
    return {**PLACE, **mine, "is_open": is_open, "picture": Subquery(picture[:1])}


def _with_picture(rows: Rows, person: User) -> Rows:
    return rows.prefetch_related(Prefetch("pictures", _pictures(person), to_attr="shown_pictures"))


GROUP = Kind(
    "group",
    Group,
    GroupShape,
    rows=_my_groups,
    detail=_with_picture,
    parts=_parts_of_group,
)
EVENT = Kind(
    "event",
    Event,
    EventShape,
    rows=_events,
    related=("group", "series"),
    made_from=PLACE,
)
RSVP = Kind(
    "rsvp",
    Rsvp,
    RsvpShape,
    rows=_my_answers,
    lookup="event__uuid",
    related=("event",),
    made_from={"position": F("position")},
)
