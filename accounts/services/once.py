"""Sending twice is one effect: the first reply to a request that names a key is kept, and given again.

A reply may hold what only its person reads. So its words and headers are kept sealed: they are opened with the key that
the client chose, of which only a hash is kept, and they are gone after a day.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import ResolverMatch
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import KeptReply, User
from accounts.sealing import seal_of
from core.errors import DomainError

type IsOver = Callable[[User, ResolverMatch, datetime, bytes], bool]

_endings: list[IsOver] = []

SEAL = "accounts.once.seal"
KEPT_FOR = timedelta(hours=24)
PARTED = b"\0"  # headers from the body: JSON has none
STUCK_AFTER = timedelta(seconds=60)  # longer than any request is let run (gunicorn.conf.py)


@dataclass(frozen=True)
class Reply:
    """What was answered: by a view, so without what belongs to one request alone (cookies, its number)."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None  # when its request came, of one that was kept


class KeyTaken(DomainError):
    """The key names another request."""

    status = 422


class StillAtIt(DomainError):
    """The first request with this key is being worked on."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("in_progress", _("The first request with this key is still being worked on."))
        self.retry_after = max(1, math.ceil(wait.total_seconds()))


def on_replay(is_over: IsOver) -> None:
    """Ask `is_over(person, address, since, body)` before a kept reply is given again; True: not theirs any more."""
    if is_over not in _endings:
        _endings.append(is_over)


def is_over(person: User, address: ResolverMatch, reply: Reply) -> bool:
    """Whether a kept reply tells of what its person has left since, or of whom they see no more.

    One without words tells nothing.
    """
    since = reply.since
    return bool(reply.body) and since is not None and any(ask(person, address, since, reply.body) for ask in _endings)


def begin(*, person: User, key: str, request_hash: str, now: datetime) -> KeptReply | Reply:
    """Take the key for this request, or return the reply that was kept for it.

    Raises KeyTaken when the key named another request, StillAtIt while the first one runs. A key whose request died
    on the way is free again after `STUCK_AFTER`.
    """
    fresh = {"request_hash": request_hash, "begun_at": now, "expires_at": now + KEPT_FOR}
    own = KeptReply.objects.visible_to(person)
    try:
        with transaction.atomic():
            return KeptReply.objects.create(person=person, key_hash=_hash_of(key), **fresh)
    except IntegrityError:  # named before; of most keys it is the first time
        kept = own.filter(key_hash=_hash_of(key)).first()
    if kept is None:  # freed at this very instant
        raise StillAtIt(timedelta())
    if now < kept.expires_at:
        if kept.request_hash != request_hash:
            raise KeyTaken("key_taken", _("This key was used for another request. Choose a new one for this."))
        if kept.status is not None:
            return _opened(kept, kept.status, key)
        if now < kept.begun_at + STUCK_AFTER:
            raise StillAtIt(kept.begun_at + STUCK_AFTER - now)
    emptied = {"status": None, "content_type": "", "sealed": b""}
    stuck = own.filter(pk=kept.pk, begun_at=kept.begun_at, status=kept.status)  # nobody has kept a reply meanwhile
    if not stuck.update(**fresh, **emptied):
        raise StillAtIt(STUCK_AFTER)
    return own.get(pk=kept.pk)


def keep(kept: KeptReply, reply: Reply, *, person: User, key: str) -> None:
    """Keep the reply for the next request with this key. Raises StillAtIt where another one has taken the key over."""
    sealed = seal_of(SEAL, key).encrypt(json.dumps(dict(reply.headers)).encode() + PARTED + reply.body)
    mine = KeptReply.objects.visible_to(person).filter(pk=kept.pk, begun_at=kept.begun_at)
    if not mine.update(status=reply.status, content_type=reply.content_type, sealed=sealed):
        raise StillAtIt(STUCK_AFTER)


def _opened(kept: KeptReply, status: int, key: str) -> Reply:
    said = seal_of(SEAL, key).decrypt(bytes(kept.sealed))
    headers, parted, body = said.partition(PARTED)
    if not parted:  # kept by the release before: a body alone
        headers, body = b"{}", said
    return Reply(status, kept.content_type, body, json.loads(headers), kept.begun_at)


def let_go(kept: KeptReply, *, person: User) -> None:
    """Free the key: the request had no effect, and may be tried again. Where a reply was kept for all that, it had."""
    KeptReply.objects.visible_to(person).filter(pk=kept.pk, begun_at=kept.begun_at, status=None).delete()


def forget_replies(*, now: datetime) -> int:
    """Delete what has been kept long enough."""
    return KeptReply.objects.forget(now)


def _hash_of(key: str) -> str:
    return salted_hmac("accounts.once.name", key, algorithm="sha256").hexdigest()
