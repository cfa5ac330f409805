"""The link in a mail by which one person answers one event without signing in.

Its secret is made from the message that carries it, so that a mail tried twice carries one link, and only its hash is
kept. It ends with the event and answers nobody who is not in the group, and whoever comes back finds it taken back. At
every use it is asked again whether the person may still come.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from groups.models import AnswerLink, Event, Group, Rsvp
from groups.services.rsvps import rsvp
from notifications.tokens import hash_of, token_for

PURPOSE = "groups.answer"


def make_link(*, event: Event, person: User, message: UUID, now: datetime) -> str:
    """Return the address for the message's mail, in the language spoken now; the second time the same one."""
    token = token_for(message, purpose=PURPOSE)
    said = {"event": event, "person": person, "expires_at": event.ends_at, "created_at": now}
    AnswerLink.objects.get_or_create(token_hash=hash_of(token), defaults=said)
    return str(settings.SITE_ORIGIN) + reverse("groups:answer_link", args=[token])


def link_of_token(*, token: str, now: datetime) -> AnswerLink | None:
    """Return the link as long as it may be used, or None."""
    usable = AnswerLink.objects.usable(now).select_related("event__group", "person")
    link = usable.filter(token_hash=hash_of(token)).first()
    return link if link is not None and _may_still_come(link) else None


def answer_by_link(*, link: AnswerLink, answer: str, guests: int | None = None, now: datetime) -> Rsvp:
    """Answer as the person whom the link was sent to; whether quietly stays as they said before."""
    return rsvp(event=link.event, person=link.person, answer=answer, guests=guests, now=now)


def revoke_links(*, group: Group, person: User, now: datetime) -> None:
    """Take back every link of the person to the group's events."""
    AnswerLink.objects.live(now).filter(event__group=group, person=person).update(revoked_at=now)


def _may_still_come(link: AnswerLink) -> bool:
    person, event = link.person, link.event
    if not person.is_active or person.banned_at is not None:
        return False
    return Event.objects.visible_to(person).filter(pk=event.pk).exists()
