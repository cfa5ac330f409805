"""A device as a push service knows it: it makes keys, reads what was sealed for it, and checks who sent it."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import jwt

from tests.kit.push_sink import Post


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Device:
    """`endpoint` is where it is reached; `key` never leaves it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def p256dh(self) -> str:
        return base64url(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    @property
    def auth(self) -> str:
        return base64url(self.secret)

    @property
    def said(self) -> dict[str, str]:
        """What the service that registers it is told."""
        return {"endpoint": self.endpoint, "p256dh": self.p256dh, "auth": self.auth}

    def read(self, post: Post) -> dict[str, Any]:
        """Return what the message says, decrypted with the key of the device (RFC 8291)."""
        opened = http_ece.decrypt(post.body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(opened)
        return found


def claims_of(post: Post) -> tuple[dict[str, Any], str]:
    """Return the claims of the VAPID signature, once it holds, and the public key it was made with (RFC 8292)."""
    scheme, _, rest = post.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    claims: dict[str, Any] = jwt.decode(parts["t"], parts["k"])
    return claims, parts["k"]
