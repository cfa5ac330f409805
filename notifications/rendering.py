"""A message in the recipient's language and zone, as a mail with its headers."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from core.visibility import presenting
from notifications.decisions import Send
from notifications.letter import Letter
from notifications.models import Delivery
from notifications.tokens import token_for


@contextmanager
def speaking_to(person: User) -> Iterator[None]:
    """Use the person's language and zone inside the block."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        yield


def message_id_for(delivery: Delivery) -> str:
    """Return the Message-ID: always the same for one reason, so that a second copy can be recognised."""
    seed = f"{delivery.notification.dedupe_key} {delivery.channel}"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:40]}@{domain}>"


def unsubscribe_url(delivery: Delivery) -> str:
    """Return the address that stops this kind, in the language of the person it was sent to."""
    return str(settings.SITE_ORIGIN) + reverse("notifications:unsubscribe", args=[token_for(delivery.uuid)])


def compose(delivery: Delivery, send: Send) -> Letter:
    """Return the mail. Runs under `speaking_to(person)`."""
    context = _context(delivery, send)
    mail = Letter(
        subject=" ".join(_plain(f"{send.kind.template}.subject.txt", context).split()),
        body=_plain(f"{send.kind.template}.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[send.address],
        headers=_headers(delivery, context),
    )
    mail.attach_alternative(render_to_string(f"{send.kind.template}.html", context), "text/html")
    return mail


def _context(delivery: Delivery, send: Send) -> dict[str, Any]:
    return send.content.context | {
        "site_name": settings.SITE_NAME,
        "language": translation.get_language(),
        "url": settings.SITE_ORIGIN + send.content.path,
        "receipts_url": settings.SITE_ORIGIN + reverse("notifications:receipts"),
        "unsubscribe_url": unsubscribe_url(delivery) if send.kind.is_bulk else "",
        "kind_label": send.kind.label,
        "why": send.kind.why,
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


def _plain(template: str, context: dict[str, Any]) -> str:
    """Render text as text: an apostrophe stays one."""
    with presenting():
        found: Any = get_template(template)
        return str(found.template.render(Context(context, autoescape=False))).strip() + "\n"
