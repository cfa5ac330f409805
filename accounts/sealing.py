"""What must be read again, and by nobody from the database alone: sealed with a key made from the site's own."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def seal(text: str, *, purpose: str) -> str:
    return _seals(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return the text, also of one that was sealed under a former key of the site. InvalidToken when it is neither."""
    return _seals(purpose).decrypt(sealed.encode()).decode()


def _seals(purpose: str) -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([seal_of("accounts.sealing", purpose, secret=secret) for secret in secrets])


def seal_of(salt: str, value: str, *, secret: str | None = None) -> Fernet:
    """Return the seal whose key is made from the value and a secret, the site's key unless told otherwise."""
    key = salted_hmac(salt, value, secret=secret, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
