"""Access tokens: what a person gives to an app or a script of theirs, and takes back.

A token is 256 random bits behind a prefix by which scanners of leaked secrets know it. It is told once and kept as a
hash. It ends when it expires, is taken back, when its person has a new password, and with the account.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessToken, User
from accounts.queries import tokens_of
from accounts.services.profile import lock_person
from core.errors import DomainError, InvalidInput
from core.texts import tidy_texts

PREFIX = "mm_"
SHAPE = re.compile(r"mm_[\w-]{43}", re.ASCII)
DAYS, MOST_DAYS, MOST = 90, 366, 20
NOTED_EVERY = timedelta(hours=1)


def create_token(
    *, person: User, name: str, kind: str, scope: str, days: int = DAYS, now: datetime
) -> tuple[AccessToken, str]:
    """Make a token; return it and its secret, which nobody can read again. Raises InvalidInput, DomainError."""
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput("days", _("A token lasts between 1 and 366 days."), field="days")
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        locked = lock_person(person)  # so that twenty stay twenty
        if tokens_of(locked, now=now).count() >= MOST:
            raise DomainError("too_many_tokens", _("Twenty tokens are the most. Please take one back first."))
        made = AccessToken(
            person=locked,
            name=name,
            kind=kind,
            scope=scope,
            token_hash=_hash_of(secret),
            bound_to=locked.get_session_auth_hash(),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        tidy_texts(made, lines=("name",))
        made.save(force_insert=True)
    return made, secret


def token_of(secret: str, *, now: datetime) -> AccessToken | None:
    """Return the token of a secret with its person while it is good, or None. That it was used is noted."""
    if not SHAPE.fullmatch(secret):
        return None
    found = AccessToken.objects.answering(_hash_of(secret), now).first()
    if found is None or not found.is_bound_to(found.person):
        return None
    if found.last_used_at is None or found.last_used_at <= now - NOTED_EVERY:
        noted_before = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTED_EVERY)
        AccessToken.objects.filter(noted_before, pk=found.pk).update(last_used_at=now)
    return found


def revoke_token(*, token: AccessToken, now: datetime) -> None:
    """Take a token back; twice is once."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def revoke_tokens(*, person: User, now: datetime) -> int:
    """Take back every token of the person; return how many there were."""
    return AccessToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)


def _hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
