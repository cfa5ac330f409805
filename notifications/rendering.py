"""A message in the recipient's language and zone, as a mail with its headers."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.visibility import presenting
from notifications.decisions import Send
from notifications.kinds import Content, Kind
from notifications.letter import Letter
from notifications.models import Delivery
from notifications.tokens import token_for

DIGEST = "notifications/mail/digest"


@contextmanager
def speaking_to(person: User) -> Iterator[None]:
    """Use the person's language and zone inside the block."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        yield


@dataclass(frozen=True)
class Told:
    """One message in the language spoken now: a line, its text, and the address that it leads to."""

    title: str
    text: str
    path: str

    @property
    def url(self) -> str:
        return str(settings.SITE_ORIGIN) + self.path


def tell(kind: Kind, content: Content) -> Told:
    """Return the message without what stands around it in a mail."""
    context = content.context | {"site_name": settings.SITE_NAME, "is_alone": True}
    title = subject_of(kind.template, context)
    return Told(title, plain(f"{kind.template}.txt", context).strip(), content.path)


def message_id_for(delivery: Delivery) -> str:
    """Return the Message-ID: always the same for one reason, so that a second copy can be recognised."""
    if delivery.message_id:
        return delivery.message_id
    seed = f"{delivery.notification.dedupe_key} {delivery.channel}"
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:40]}@{_domain_of(settings.DEFAULT_FROM_EMAIL)}>"


@cache
def _domain_of(sender: str) -> str:
    return parseaddr(sender)[1].partition("@")[2]


def unsubscribe_url(delivery: Delivery) -> str:
    """Return the address that stops this kind, in the language of the person it was sent to."""
    return str(settings.SITE_ORIGIN) + reverse("notifications:unsubscribe", args=[token_for(delivery.uuid)])


def fewer_url(delivery: Delivery) -> str:
    """Return the address where the person says whether fewer would be better: the same secret, no sign-in."""
    return str(settings.SITE_ORIGIN) + reverse("notifications:fewer", args=[token_for(delivery.uuid)])


def compose(delivery: Delivery, sends: Sequence[Send]) -> Letter:
    """Return the mail, of several sends as one. Runs under `speaking_to(person)`."""
    template, context = message_of(delivery, sends)
    mail = Letter(
        subject=subject_of(template, context),
        body=plain(f"{template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[sends[0].address],
        headers=_headers(delivery, context),
    )
    mail.attach_alternative(_rendered(f"{template}.html", context, escapes=True), "text/html")
    return mail


def message_of(delivery: Delivery, sends: Sequence[Send]) -> tuple[str, dict[str, Any]]:
    """Return the template of the message, of several sends as one, and what it knows, whichever channel it takes."""
    first = sends[0]
    if len(sends) > 1:
        return DIGEST, digest(sends) | _surroundings(delivery, sends)
    context = first.content.context | {
        "path": first.content.path,
        "url": settings.SITE_ORIGIN + first.content.path,
        "why": str(first.kind.why),
    }
    return first.kind.template, context | _surroundings(delivery, sends)


def digest(sends: Sequence[Send]) -> dict[str, Any]:
    """Return what one message says of several that waited for the morning."""
    told = [tell(send.kind, send.content) for send in sends]
    path = reverse("notifications:inbox")
    known = {"told": told, "count": len(told), "path": path, "url": settings.SITE_ORIGIN + path}
    return known | {"why": _("They came due in your quiet hours.")}


def _surroundings(delivery: Delivery, sends: Sequence[Send]) -> dict[str, Any]:
    stops = any(send.kind.is_bulk or send.kind.stops_in_one_click for send in sends)
    asks = any(send.asks_fewer for send in sends)
    return {
        "site_name": settings.SITE_NAME,
        "language": translation.get_language(),
        "receipts_url": settings.SITE_ORIGIN + reverse("notifications:inbox"),
        "unsubscribe_url": unsubscribe_url(delivery) if stops else "",
        "fewer_url": fewer_url(delivery) if asks else "",
    }


def _headers(delivery: Delivery, context: dict[str, Any]) -> dict[str, str]:
    headers = {
        "Message-ID": message_id_for(delivery),
        "Auto-Submitted": "auto-generated",
        "Content-Language": context["language"],
    }
    if context["unsubscribe_url"]:
        headers |= {
            "List-Unsubscribe": f"<{context['unsubscribe_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers


def subject_of(template: str, context: dict[str, Any]) -> str:
    return " ".join(plain(f"{template}.subject.txt", context).split())


def plain(template: str, context: dict[str, Any]) -> str:
    """Render text as text: an apostrophe stays one."""
    return _rendered(template, context, escapes=False).strip() + "\n"


def _rendered(template: str, context: dict[str, Any], *, escapes: bool) -> str:
    with presenting():
        found: Any = get_template(template)
        return str(found.template.render(Context(context, autoescape=escapes)))
