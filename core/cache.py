"""What the cache's table holds: fingerprints in place of keys, since a key may name an address."""

from django.utils.crypto import salted_hmac


def hashed_key(key: str, key_prefix: str, version: int) -> str:
    """Return the name under which a key is stored (Django's `KEY_FUNCTION`)."""
    return salted_hmac("core.cache", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
