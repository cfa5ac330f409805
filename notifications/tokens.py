"""The secrets in the links of a mail: made from a row (to unsubscribe: the delivery), kept only as a hash."""

import base64
import hashlib
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

VALID_FOR = timedelta(days=180)


def token_for(row: UUID, *, purpose: str = "notifications.unsubscribe") -> str:
    """Return the 256-bit token of a row; the same every time, so that a second try matches the first."""
    digest = salted_hmac(purpose, str(row), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """Return what is stored; the database alone does not let anybody unsubscribe a person."""
    return hashlib.sha256(token.encode()).hexdigest()
