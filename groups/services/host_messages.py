"""A word from the hosts to those who come. Texts stay in one place: messages are looked up when they are sent."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.profile import lock_person
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, TooFast
from core.held import was_held
from core.words import tidy
from groups.models import Event, HostMessage, Membership, Rsvp
from groups.models.hosting import HostMessageQuerySet
from groups.services.memberships import require_host
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
        said = {"event": locked, "author": author, "text": words, "is_for_line": is_for_line}
        membership = _membership(said, now)
        require_host(membership)  # they may have been put out while this waited
        if now > locked.ends_at + AFTERWARDS:
            raise DomainError("event_long_over", _("This event is over for a while, so nobody is written to any more."))
        if membership.twin:
            return HostMessage.objects.get(pk=membership.twin)
        if membership.for_event >= MOST_FOR_EVENT or membership.of_author >= MOST_OF_AUTHOR:
            raise TooFast(
                "too_many_messages", _("They have heard a lot from you today. Please write the next one tomorrow.")
            )
        message = HostMessage.objects.create(**said, created_at=now)
        _tell(message, now)
        return message


def lock_author(author: User) -> User:
    """Return the author's row, locked, so that two messages at once are counted one after the other. Then the event."""
    return author if was_held(author) else lock_person(author)


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


def _membership(said: dict[str, Any], now: datetime) -> Any:
    """Return the author's membership in the group of the event, or None, asked in one with what was written before.

    `for_event`, `of_author`: how many messages of a day; `twin`: what a double click made of the same words.
    """
    event, author = said["event"], said["author"]
    today = HostMessage.objects.filter(created_at__gt=now - A_DAY).order_by()
    twins = HostMessage.objects.filter(**said, created_at__gt=now - ONE_BREATH).order_by("pk")
    mine = Membership.objects.current().filter(group=event.group_id, person=author)
    return mine.annotate(
        for_event=_number(today.filter(event=event), "event"),
        of_author=_number(today.filter(author=author), "author"),
        twin=Subquery(twins.values("pk")[:1]),
    ).first()


def _number(messages: HostMessageQuerySet, of: str) -> Combinable:
    return Coalesce(Subquery(messages.values(of).annotate(n=Count("pk")).values("n")), 0)
