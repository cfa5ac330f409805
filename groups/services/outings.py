"""What an event and a series must both make sense of: seats, who greets, and what a newcomer wants to know."""

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserQuerySet
from core.errors import DomainError, InvalidInput
from core.texts import tidy_texts
from groups.models import Group, Membership
from groups.models.outings import MOST_GUESTS, Outing

# What an occurrence has of its series.
SHARED = tuple(field.name for field in Outing._meta.get_fields())  # noqa: SLF001 - documented API
COLUMNS = tuple(field.attname for field in Outing._meta.concrete_fields)  # noqa: SLF001
LINES = ("title", "place")
TEXTS = ("about", "how_it_goes", "where_to_stand", "pace", "toilets", "leaving_early")


class OutingFields(TypedDict, total=False):
    """What a host may say about a meeting, one or many; `capacity` None means no limit."""

    title: str
    about: str
    time_zone: str
    place: str
    latitude: float | None
    longitude: float | None
    setting: str
    effort: str
    company: str
    capacity: int | None
    guests_allowed: int
    is_newcomer_friendly: bool
    how_it_goes: str
    where_to_stand: str
    pace: str
    toilets: str
    leaving_early: str
    greeter: User | None


def require_open_group(group: Group) -> None:
    if not group.is_open:
        raise DomainError("group_closed", _("This group is closed, so nothing new is planned in it."))


def require_sense(outing: Outing, there: Mapping[int, Membership | None]) -> None:
    """Tidy what is said, and bring who greets. Raise InvalidInput, naming the fields, for what cannot be.

    `there`: what `those_in` says of who greets; None of somebody who is there and need not be brought.
    """
    tidy_texts(outing, lines=LINES, texts=TEXTS)
    if outing.capacity is not None and outing.capacity < 1:
        raise InvalidInput("no_seats", _("At least one seat, or leave it empty for no limit."), field="capacity")
    if not 0 <= outing.guests_allowed <= MOST_GUESTS:
        raise InvalidInput("too_many_guests", _("Five guests each at most."), field="guests_allowed")
    if outing.greeter_id is not None:
        if outing.greeter_id not in there:
            raise not_from_group()
        if (membership := there[outing.greeter_id]) is not None:
            outing.greeter = membership.person
    if outing.is_newcomer_friendly and (missing := outing.missing_for_newcomers):
        message = _("Somebody who comes for the first time wants to know this.")
        raise InvalidInput("newcomers_want_to_know", message, fields=missing)


def not_from_group() -> InvalidInput:
    return InvalidInput("greeter_not_member", _("Choose somebody from the group."), field="greeter")


def those_in(group: int, people: Iterable[int | None]) -> dict[int, Membership]:
    """Return key → membership, with its person, of those of some people who take part in a group and can be met there.

    Who just looks is known to hosts alone, and whoever greets is named to everybody.
    """
    asked = [key for key in people if key is not None]
    found = Membership.objects.taking_part().filter(group=group, person__in=asked, person__is_active=True)
    return {membership.person_id: membership for membership in found.select_related("person")} if asked else {}


def those_meant(group: int, host: User | None, people: UserQuerySet) -> dict[int, Any]:
    """Return what `those_in` says of a host and of some people, each with whether they are among those (`is_meant`)."""
    met = Membership.objects.taking_part().filter(group=group, person__is_active=True).select_related("person")
    found = met.annotate(is_meant=Exists(people.filter(pk=OuterRef("person"))))
    return {membership.person_id: membership for membership in found.filter(Q(person=host) | Q(is_meant=True))}
