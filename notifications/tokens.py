"""The secret in an unsubscribe link: made from the delivery, kept only as a hash."""

import base64
import hashlib
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

VALID_FOR = timedelta(days=180)


def token_for(delivery: UUID) -> str:
    """Return the 256-bit token of a delivery; the same every time, so that a second try matches the first."""
    digest = salted_hmac("notifications.unsubscribe", str(delivery), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """Return what is stored; the database alone does not let anybody unsubscribe a person."""
    return hashlib.sha256(token.encode()).hexdigest()
