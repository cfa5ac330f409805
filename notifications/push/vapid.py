"""The key pair by which push services know this site (VAPID, RFC 8292)."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid
from py_vapid.utils import b64urlencode

VALID_FOR = timedelta(hours=12)  # push services refuse more than a day


def is_set_up() -> bool:
    """Tell whether there is a key, so that push is on offer."""
    return _signer() is not None


def public_key() -> str:
    """Return what a browser or an app subscribes with (base64url), or nothing when push is not on offer."""
    signer = _signer()
    if signer is None:
        return ""
    point: str = b64urlencode(signer.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    return point


def authorization(origin: str, *, now: datetime) -> str:
    """Return the header that signs messages to one push service."""
    signer = _signer()
    if signer is None:
        raise LookupError("no VAPID key")
    claims = {
        "aud": origin,
        "exp": int((now + VALID_FOR).timestamp()),
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    header: str = signer.sign(claims)["Authorization"]
    return header


def new_private_key() -> str:
    """Return a fresh private key as `VAPID_PRIVATE_KEY` wants it: 32 bytes in base64url."""
    signer = Vapid()
    signer.generate_keys()
    key: str = b64urlencode(signer.private_key.private_numbers().private_value.to_bytes(32, "big"))
    return key


def read_key(text: str) -> Vapid:
    """Return the signer of a private key. Raises ValueError."""
    try:
        return Vapid.from_string(text.strip())
    except Exception as error:  # the library raises whatever its parts raise
        raise ValueError("VAPID_PRIVATE_KEY is no key that make_vapid_key prints") from error


def _signer() -> Vapid | None:
    return _load(settings.VAPID_PRIVATE_KEY, settings.VAPID_KEY_FILE)


@lru_cache(maxsize=4)
def _load(text: str, file: Path | None) -> Vapid | None:
    if text:
        return read_key(text)
    return read_key(_kept_in(file)) if file else None


def _kept_in(file: Path) -> str:
    """Return the key in the file; on a developer's machine it is made once, whichever process comes first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        fresh = file.with_name(f".{file.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(new_private_key())
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text()
