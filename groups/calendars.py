"""What stands in a person's calendar, and in the calendar file of one event: rows as the reader may see them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.visibility import Viewer
from groups.ics import Answer, Entry, calendar_of
from groups.models import CalendarFeed, Event, Rsvp
from notifications.rendering import speaking_to
from notifications.tokens import hash_of

KEPT = timedelta(days=60)  # how long what is over or called off stays
MOST = 500
IN_CALENDAR = (Rsvp.Status.GOING, Rsvp.Status.WAITLISTED, Rsvp.Status.MAYBE)


def feed_of_token(token: str) -> CalendarFeed | None:
    """Return the feed that answers to the token, as long as its person's account is open."""
    return CalendarFeed.objects.answering(hash_of(token)).select_related("person").first()


def calendar_in(feed: CalendarFeed, *, now: datetime) -> tuple[bytes, datetime]:
    """Return the calendar, spoken in its person's language, and when something in it last changed.

    It holds what the person said going, in line or maybe to, of what they may see now.
    """
    answers = (
        Rsvp.objects.visible_to(feed.person)
        .filter(person=feed.person, status__in=IN_CALENDAR, event__ends_at__gt=now - KEPT)
        .select_related("event__group")
        .order_by("event__starts_at", "event__pk")[:MOST]
    )
    with speaking_to(feed.person):
        entries = [entry_of(answer.event, answer) for answer in answers]
        calendar = calendar_of(entries, name=_("My meetings on %(site)s") % {"site": settings.SITE_NAME})
    return calendar, max((entry.changed_at for entry in entries), default=feed.made_at)


def file_of(viewer: Viewer, event: Event) -> bytes:
    """Return one event as a file; `event` is one that the viewer may see, with its group."""
    answer = Rsvp.objects.visible_to(viewer).filter(event=event, person=viewer.pk, status__in=IN_CALENDAR).first()
    return calendar_of([entry_of(event, answer)])


def entry_of(event: Event, answer: Rsvp | None) -> Entry:
    """Return the event with what its reader said to it, if anything."""
    told = [] if answer is None else [answer.answered_at, answer.promoted_at]
    is_sure = answer is None or answer.status == Rsvp.Status.GOING
    is_placed = event.latitude is not None and event.longitude is not None
    return Entry(
        uid=str(event.uuid),
        title=event.title,
        place=event.place,
        description=_description(event, answer),
        url=settings.SITE_ORIGIN + event.get_absolute_url(),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.time_zone,
        created_at=event.created_at,
        changed_at=max(event.changed_at, *(at for at in told if at is not None)) if told else event.changed_at,
        sequence=event.sequence,
        answer=Answer.GOING if is_sure else Answer.UNSURE,
        is_cancelled=event.status == Event.Status.CANCELLED,
        position=(event.latitude, event.longitude) if is_placed else None,  # type: ignore[arg-type]
    )


def address_of(token: str) -> str:
    """Return the address of a feed: one without a language, because the feed speaks its person's."""
    with override(settings.LANGUAGE_CODE):
        return str(settings.SITE_ORIGIN) + reverse("groups:calendar_feed", args=[token])


def _description(event: Event, answer: Rsvp | None) -> str:
    """Return the card of what will happen, below what the reader said. It names nobody."""
    card = [
        (_("What will happen"), event.how_it_goes),
        (_("Where to stand"), event.where_to_stand),
        (_("Pace"), event.pace),
        (_("Toilets"), event.toilets),
        (_("Leaving early"), event.leaving_early),
    ]
    said = [f"{label}\n{words.strip()}" for label, words in card if words.strip()]
    head = [event.group.name, *_answer_in_words(event, answer)]
    return "\n\n".join(["\n".join(head), *said])


def _answer_in_words(event: Event, answer: Rsvp | None) -> list[str]:
    if event.status == Event.Status.CANCELLED:
        return [_("This event is called off.")]
    if answer is None:
        return []
    return {
        Rsvp.Status.GOING: [_("You have a seat.")],
        Rsvp.Status.WAITLISTED: [_("You are in line for a seat.")],
        Rsvp.Status.MAYBE: [_("You said maybe.")],
    }.get(Rsvp.Status(answer.status), [])
