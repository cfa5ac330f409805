"""What a push says, and the headers that tell a push service how to treat it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.template import TemplateDoesNotExist
from django.utils import translation
from django.utils.crypto import salted_hmac

from notifications import rendering
from notifications.decisions import Send
from notifications.models import Delivery

DAY = timedelta(days=1)
TOPIC_LENGTH = 32  # RFC 8030
TITLE_LENGTH, BODY_LENGTH, URL_LENGTH = 120, 300, 500


def payload_of(delivery: Delivery, sends: Sequence[Send]) -> bytes:
    """Return the message, of several sends as one, well below what push services carry.

    The subject is the title, and `<template>.push.txt` the body; without one the subject says it all.
    Runs under `speaking_to(person)`.
    """
    template, context = rendering.message_of(delivery, sends)
    title = rendering.subject_of(template, context)
    try:
        body = rendering.plain(f"{template}.push.txt", context)
    except TemplateDoesNotExist:
        body = ""
    path = context["path"]
    said: dict[str, Any] = {
        "title": _cut(title, TITLE_LENGTH),
        "body": _cut(body, BODY_LENGTH),
        "url": path if len(path) <= URL_LENGTH else "/",
        "tag": topic_of(delivery),
        "language": translation.get_language(),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(delivery: Delivery, sends: Sequence[Send], *, now: datetime) -> dict[str, str]:
    expires_at = delivery.notification.expires_at
    lives_for = min(expires_at - now, DAY) if expires_at else DAY
    return {
        "TTL": str(max(int(lives_for.total_seconds()), 0)),
        "Urgency": "normal" if all(send.kind.waits_for_morning for send in sends) else "high",
        "Topic": topic_of(delivery),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }


def topic_of(delivery: Delivery) -> str:
    """Return what makes a newer message replace an older one of the same kind about the same thing.

    Keyed and per person: a push service learns neither what it is about nor who shares it.
    """
    notification = delivery.notification
    seed = f"{notification.person_id} {notification.kind} {notification.about_id}"
    digest = salted_hmac("notifications.push.topic", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode()[:TOPIC_LENGTH]


def _cut(text: str, length: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
