"""A word from the hosts to those who come. Texts stay in one place: messages are looked up when they are sent."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, TooFast
from core.held import was_held
from core.words import tidy
from groups.models import Event, HostMessage, Rsvp
from groups.services.memberships import require_hosting
from groups.services.places import ONE_BREATH
from groups.services.rsvps import lock_event
from notifications.services.outbox import Message, notify_all

KIND = "host_message"
A_DAY = timedelta(days=1)
MOST_FOR_EVENT, MOST_OF_AUTHOR = 4, 12  # a day
AFTERWARDS = timedelta(days=7)  # how long after the end there may still be something to say
FOR = [Rsvp.Status.GOING]
FOR_LINE = [*FOR, Rsvp.Status.WAITLISTED]


def write_to_participants(
    *, event: Event, author: User, text: str, is_for_line: bool = False, now: datetime
) -> HostMessage:
    """Tell everybody who is going, and those in line when it is for them too; the author knows it already.

    The same again within a minute is a double click.
    """
    require_good_standing(author, now=now)
    words = tidy(text)
    if not words:
        raise InvalidInput("no_words", _("Write a few words first."), field="text")
    with transaction.atomic():
        lock_author(author)
        locked = lock_event(event)
        require_hosting(locked.group_id, author)  # they may have been put out while this waited
        if now > locked.ends_at + AFTERWARDS:
            raise DomainError("event_long_over", _("This event is over for a while, so nobody is written to any more."))
        said = {"event_id": locked.pk, "author_id": author.pk, "text": words, "is_for_line": is_for_line}
        of_either = Q(event=locked) | Q(author=author)
        today = list(HostMessage.objects.filter(of_either, created_at__gt=now - A_DAY).order_by("pk"))
        if twin := _twin(today, said, now):
            return twin
        _require_calm(today, locked, author)
        message = HostMessage.objects.create(**said, created_at=now)
        _tell(message, now)
        return message


def lock_author(author: User) -> User:
    """Return the author's row, locked, so that two messages at once are counted one after the other. Then the event."""
    return author if was_held(author) else User.objects.get_queryset().select_for_update(no_key=True).get(pk=author.pk)


def _tell(message: HostMessage, now: datetime) -> None:
    wanted = FOR_LINE if message.is_for_line else FOR
    answers = Rsvp.objects.filter(event=message.event_id, status__in=wanted).exclude(person=message.author_id)
    notify_all(
        [
            Message(
                person_id=answer.person_id,
                kind=KIND,
                about_id=str(message.uuid),
                dedupe_key=f"{KIND}:{message.uuid}:{answer.person.uuid}",
                expires_at=now + AFTERWARDS,
            )
            for answer in answers.select_related("person")
        ],
        now=now,
    )


def _twin(today: Iterable[HostMessage], said: dict[str, Any], now: datetime) -> HostMessage | None:
    """Return what a double click made of the same words a moment ago."""
    lately = (one for one in today if one.created_at > now - ONE_BREATH)
    return next((one for one in lately if all(getattr(one, name) == value for name, value in said.items())), None)


def _require_calm(today: Collection[HostMessage], event: Event, author: User) -> None:
    for_event = sum(one.event_id == event.pk for one in today)
    of_author = sum(one.author_id == author.pk for one in today)
    if for_event >= MOST_FOR_EVENT or of_author >= MOST_OF_AUTHOR:
        raise TooFast(
            "too_many_messages", _("They have heard a lot from you today. Please write the next one tomorrow.")
        )
