"""Whom a person has met in groups, and what passes between two who keep each other company."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, Max, OuterRef, Prefetch, Q, Value, prefetch_related_objects

from accounts.models import User, UserQuerySet
from core import clock
from groups.models import Buddies, BuddyWord, Event, Group, Membership, Noticer
from notifications.models import Delivery

DAYS = 7
SILENCE = "silence"  # the kind of message that tells a friend


@dataclass(frozen=True)
class Day:
    """One day between two people: what each said of it; None: nothing."""

    on: date
    mine: BuddyWord.Word | None
    theirs: BuddyWord.Word | None


@dataclass(frozen=True)
class Pair:
    """Two who keep each other company, as one of them sees it. The newest day comes first."""

    buddies: Buddies
    other: User
    is_asked: bool  # the viewer is the one who was asked, and has not answered
    today: Day
    wants_company: bool  # the other, today
    earlier: tuple[Day, ...]


def people_met(person: User) -> UserQuerySet:
    """Return those who take part in a group that the person is in, as far as the person may know of them."""
    seen = Membership.objects.visible_to(person).taking_part().values("person")
    return User.objects.visible_to(person).filter(pk__in=seen).exclude(pk=person.pk).order_by("display_name", "pk")


def people_close_to(person: User) -> UserQuerySet:
    """Return whom the person may ask to notice a silence: buddies, and fellow members, with `close_to`."""
    pairs = Buddies.objects.visible_to(person).agreed()
    is_buddy = Exists(pairs.filter(Q(asked=OuterRef("pk")) | Q(asked_by=OuterRef("pk"))))
    seen = Membership.objects.visible_to(person).taking_part().values("person")
    close = User.objects.visible_to(person).filter(Q(pk__in=seen) | is_buddy)
    close = close.annotate(close_to=Value(person.pk, BigIntegerField()))
    return close.exclude(pk=person.pk).order_by("display_name", "pk")


def is_close_to(person: User, friend: User) -> bool:
    """Whether the person may ask this friend: as it was read with them (`people_close_to`), else as it is."""
    return getattr(friend, "close_to", None) == person.pk or people_close_to(person).filter(pk=friend.pk).exists()


def pairs_of(person: User, *, now: datetime) -> list[Pair]:
    """Return the person's pairs, those that wait for their answer first, in a fixed number of queries.

    A day is the viewer's; the other's word of a day stands beside the day that they called so.
    """
    today = clock.local_day(now, person.time_zone)
    rows = Buddies.objects.visible_to(person).select_related("asked_by", "asked")
    rows = rows.prefetch_related(_words(person, today)).order_by("agreed_at", "created_at", "pk")
    pairs = [_pair(row, person, today) for row in rows]
    return sorted(pairs, key=lambda pair: not pair.is_asked)


def pair_of(person: User, buddies: Any, *, now: datetime) -> Pair:
    """Return one pair that the person may see, as `pairs_of` does; two who have not agreed have no words."""
    today = clock.local_day(now, person.time_zone)
    if buddies.agreed_at is None:
        buddies.shown_words = []
    else:
        prefetch_related_objects([buddies], _words(person, today))
    return _pair(buddies, person, today)


def next_meeting(person: User, *, now: datetime) -> Event | None:
    """Return the next event of the person's groups with its group, or None."""
    coming = Event.objects.visible_to(person).scheduled().upcoming(now).select_related("group")
    return coming.filter(group__in=Group.objects.joined_by(person)).first()


def noticer_of(person: User) -> Noticer | None:
    """Return whom the person asked to notice, whether they agreed or not."""
    return Noticer.objects.visible_to(person).filter(person=person).select_related("friend").first()


def asked_to_notice(person: User) -> list[Noticer]:
    """Return those who asked this person to notice; their words stay with them until it is time."""
    rows = Noticer.objects.visible_to(person).filter(friend=person).select_related("person").defer("words")
    return list(rows.order_by("created_at", "pk"))


def _words(person: User, today: date) -> Any:
    words = BuddyWord.objects.visible_to(person).filter(local_on__gt=today - timedelta(days=DAYS))
    return Prefetch("words", words, to_attr="shown_words")


def _pair(row: Any, person: User, today: date) -> Pair:
    said = {(word.local_on, word.person_id == person.pk): BuddyWord.Word(word.word) for word in row.shown_words}
    days = [_day(today - timedelta(days=n), said) for n in range(DAYS)]
    return Pair(
        buddies=row,
        other=row.asked if row.asked_by_id == person.pk else row.asked_by,
        is_asked=row.agreed_at is None and row.asked_id == person.pk,
        today=days[0],
        wants_company=said.get((today, False)) == BuddyWord.Word.COMPANY,
        earlier=tuple(day for day in days[1:] if day.mine or day.theirs),
    )


def _day(on: date, said: dict[tuple[date, bool], BuddyWord.Word]) -> Day:
    return Day(on, said.get((on, True)), said.get((on, False)))


def told_at(noticer: Noticer | None) -> datetime | None:
    """Return when the friend was last told of a silence: sent, not only due, and never before they agreed."""
    if noticer is None or noticer.agreed_at is None:
        return None
    about = {"notification__kind": SILENCE, "notification__about_id": str(noticer.uuid)}
    sent: datetime | None = Delivery.objects.filter(**about).aggregate(last=Max("sent_at"))["last"]
    return sent
