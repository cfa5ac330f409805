"""Two people who keep each other company: asking, agreeing, ending it, and the word of a day."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import Block, User
from accounts.services.people import lock_people
from accounts.standing import require_good_standing
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.company import people_met
from groups.models import Buddies, BuddyWord, Noticer
from notifications.services.outbox import notify

MOST = 10  # of one person, asked ones included


@transaction.atomic
def ask_buddy(*, person: User, other: User, now: datetime) -> Buddies:
    """Ask somebody of a group that both are in. Asking twice is asking once; asking who has asked is agreeing."""
    require_good_standing(person, now=now)
    lock_people([person.pk, other.pk])  # two who ask each other at once become one pair
    if not people_met(person).filter(pk=other.pk).exists():
        raise InvalidInput("not_met", _("You can ask somebody you share a group with."), field="person")
    pairs = list(Buddies.objects.of(person).select_related("asked_by", "asked").order_by("pk"))
    pair = next((one for one in pairs if other.pk in {one.asked_id, one.asked_by_id}), None)
    if pair is not None:
        return agree(buddies=pair, person=person, now=now) if pair.asked_id == person.pk else pair
    if len(pairs) >= MOST:
        raise DomainError("too_many", _("You keep company with many people already."))
    pair = Buddies.objects.create(asked_by=person, asked=other, created_at=now)
    # Once a month at most, however often somebody is asked and says no.
    key = f"buddy_asked:{person.pk}:{other.pk}:{now:%Y-%m}"
    notify(person=other, kind="buddy_asked", about_id=str(pair.uuid), dedupe_key=key, now=now)
    return pair


def agree(*, buddies: Buddies, person: User, now: datetime) -> Buddies:
    """Say yes, as the one who was asked; twice is once."""
    require_good_standing(person, now=now)
    if buddies.asked_id != person.pk:
        raise NotPermitted("not_asked", _("The other one answers this."))
    Buddies.objects.filter(pk=buddies.pk, agreed_at=None).update(agreed_at=now)
    kept = Buddies.objects.filter(pk=buddies.pk).values_list("agreed_at", flat=True).first()
    if kept is None:
        raise Http404  # the other one has ended it
    buddies.agreed_at = kept
    return buddies


@transaction.atomic
def end(*, buddies: Buddies, person: User) -> None:
    """Say no, or end it: the pair is gone, and its words with it. Nobody is told."""
    _require_one_of(buddies, person)
    Buddies.objects.select_for_update().filter(pk=buddies.pk).first()  # a word that is being said goes with it
    buddies.delete()


@transaction.atomic
def say_word(*, buddies: Buddies, person: User, word: str, now: datetime) -> BuddyWord:
    """Say how the person's day is, to this one other. The last word of a day counts."""
    require_good_standing(person, now=now)
    _require_one_of(buddies, person)
    if word not in BuddyWord.Word.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field="word")
    if buddies.agreed_at is None:
        raise DomainError("not_agreed", _("The other one has not answered yet."))
    get_object_or_404(Buddies.objects.select_for_update(no_key=True), pk=buddies.pk)  # it may be over by now
    today = clock.local_day(now, person.time_zone)
    said, _made = BuddyWord.objects.update_or_create(
        buddies=buddies, person=person, local_on=today, defaults={"word": word}
    )
    if word == BuddyWord.Word.COMPANY:
        _tell_the_other(buddies, person, said, now)
    return said


def forget_parted() -> None:
    """Remove what two people had between them once one has blocked the other; neither has seen it since then."""
    _parted(Buddies.objects.all(), "asked_by", "asked").delete()
    _parted(Noticer.objects.all(), "person", "friend").delete()


def _parted[M: (Buddies, Noticer)](rows: QuerySet[M], one: str, other: str) -> QuerySet[M]:
    there = Block.objects.filter(blocker=OuterRef(one), blocked=OuterRef(other))
    back = Block.objects.filter(blocker=OuterRef(other), blocked=OuterRef(one))
    return rows.filter(Exists(there) | Exists(back))


def _tell_the_other(buddies: Buddies, person: User, said: BuddyWord, now: datetime) -> None:
    """Once a day at most, and not after that day."""
    other = buddies.asked if buddies.asked_by_id == person.pk else buddies.asked_by
    notify(
        person=other,
        kind="buddy_company",
        about_id=str(buddies.uuid),
        occurrence=said.local_on.isoformat(),
        dedupe_key=f"buddy_company:{buddies.uuid}:{person.pk}:{said.local_on.isoformat()}",
        expires_at=clock.instant_of(said.local_on + timedelta(days=1), time.min, person.time_zone),
        now=now,
    )


def _require_one_of(buddies: Buddies, person: User) -> None:
    if person.pk not in {buddies.asked_by_id, buddies.asked_id}:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
