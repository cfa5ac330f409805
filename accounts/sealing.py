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
    keys = (salted_hmac("accounts.sealing", purpose, secret=key, algorithm="sha256").digest() for key in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
