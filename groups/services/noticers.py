"""Somebody who notices: chosen by the person, agreed by the friend, ended by either in one step."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from accounts.standing import require_good_standing
from core.errors import InvalidInput, NotPermitted
from groups.company import is_close_to
from groups.models import Noticer
from notifications.services.outbox import notify

FEWEST_DAYS, MOST_DAYS = 3, 90
MAX_WORDS = 500


@transaction.atomic
def ask_to_notice(*, person: User, friend: User, after_days: int, words: str, now: datetime) -> Noticer:
    """Ask a friend to say hello after a silence. It takes the place of what was agreed before, with anybody."""
    require_good_standing(person, now=now)
    text = words.strip()
    if not is_close_to(person, friend):
        raise InvalidInput("not_close", _("Choose a buddy, or somebody you share a group with."), field="friend")
    if not FEWEST_DAYS <= after_days <= MOST_DAYS:
        raise InvalidInput("days", _("Choose a number from 3 to 90."), field="after_days")
    if not text or len(text) > MAX_WORDS:
        raise InvalidInput("words", _("A few words are enough; 500 characters at most."), field="words")
    lock_person(person)
    mine = Noticer.objects.select_for_update(of=("self",)).select_related("friend")  # the friend may end it meanwhile
    before = mine.filter(person=person).first()
    if before is not None and (before.friend_id, before.after_days) == (friend.pk, after_days):
        before.words = text
        before.save(update_fields=["words"])
        return before
    if before is not None:
        before.delete()
    made = Noticer.objects.create(person=person, friend=friend, after_days=after_days, words=text, created_at=now)
    key = f"noticer_asked:{person.pk}:{friend.pk}:{now:%Y-%m}"  # once a month at most, whatever the answer
    notify(person=friend, kind="noticer_asked", about_id=str(made.uuid), dedupe_key=key, now=now)
    return made


def agree_to_notice(*, noticer: Noticer, person: User, now: datetime) -> None:
    """Say yes, as the friend. The silence is counted from here on at the earliest; twice is once."""
    require_good_standing(person, now=now)
    if noticer.friend_id != person.pk:
        raise NotPermitted("not_asked", _("The other one answers this."))
    Noticer.objects.filter(pk=noticer.pk, agreed_at=None).update(agreed_at=now)


def end_noticing(*, noticer: Noticer, person: User) -> None:
    """End it, as either of the two. Nobody is told."""
    if person.pk not in {noticer.person_id, noticer.friend_id}:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    noticer.delete()


def note_asked(asked: Iterable[tuple[int, date]]) -> None:
    """Keep the day on which each friend (by the key of the agreement) was told of a silence."""
    for key, day in asked:
        Noticer.objects.filter(pk=key).update(asked_on=day)
