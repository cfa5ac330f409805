"""A mail as it goes over the wire, made in one pass.

The library's own way takes longer than all else about a message: it takes every header apart, and tries which
encoding suits each text. Here the texts are quoted-printable or base64, and headers stand as they are.
"""

from __future__ import annotations

import base64
import binascii
from email import policy
from email.message import Message
from email.utils import formataddr, formatdate, parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

UNFOLDED = {"list-unsubscribe"}
LINE = 76
BOUNDARY = "=_next_part"  # stands in no text: behind a "=" comes a line's end or a number there, or nothing


class WirePolicy(policy.Compat32):
    """A header in ASCII stays as it is; a long one is folded, but for an address that mail programs are to follow."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        text = str(value)
        if "\r" in text or "\n" in text:
            raise ValueError(f"a line's end in the header {name}")
        is_short = len(name) + len(text) + 2 <= LINE or name.lower() in UNFOLDED
        return f"{name}: {text}\r\n".encode() if is_short and text.isascii() else super().fold_binary(name, text)


WIRE = WirePolicy(linesep="\r\n")


class WireMessage(Message):
    """A message of parts that are encoded already."""

    def as_bytes(self, unixfrom: bool = False, policy: Any = None) -> bytes:  # noqa: FBT001, FBT002 - the library's
        """Return it as it goes over the wire, without the library's look at each line of it."""
        between = f"\r\n--{BOUNDARY}".encode()
        parts = [_head_of(part) + _payload_of(part) for part in self.walk() if part is not self]
        return _head_of(self) + b"".join(between + b"\r\n" + part for part in parts) + between + b"--\r\n"


def _head_of(part: Message) -> bytes:
    return b"".join(WIRE.fold_binary(name, value) for name, value in part.raw_items()) + b"\r\n"


def _payload_of(part: Message) -> bytes:
    return str(part.get_payload()).replace("\n", "\r\n").encode("ascii")


class Letter(EmailMultiAlternatives):
    """A text, the same in HTML, and nothing attached. Whichever backend sends it finds the usual attributes."""

    def message(self, *, policy: policy.Policy[Any] | None = None) -> Message:  # type: ignore[override]
        """Return the mail, whichever policy the backend has in mind."""
        mail = WireMessage(WIRE)
        mail["MIME-Version"] = "1.0"
        mail["Content-Type"] = f'multipart/alternative; boundary="{BOUNDARY}"'
        mail["Subject"] = str(self.subject)
        mail["From"] = _sender(self.from_email)
        mail["To"] = ", ".join(map(_in_ascii, self.to))
        mail["Date"] = formatdate(localtime=settings.EMAIL_USE_LOCALTIME)
        for name, value in self.extra_headers.items():
            mail[name] = value
        mail.set_payload([_part("plain", self.body), *(_part("html", html) for html, _type in self.alternatives)])
        return mail


@cache
def _sender(said: str) -> str:
    return formataddr(parseaddr(said))


def _in_ascii(address: str) -> str:
    """Return the address with the name of its server as the network knows it."""
    name, at, server = address.rpartition("@")
    return address if address.isascii() else f"{name}{at}{punycode(server)}"


def _part(kind: str, text: Any) -> Message:
    data, part = str(text).replace("\r\n", "\n").encode(), Message(WIRE)
    quoted = binascii.b2a_qp(data, istext=True)
    is_readable = len(quoted) <= len(data) * 4 / 3
    part["Content-Type"] = f'text/{kind}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable" if is_readable else "base64"
    part.set_payload((quoted if is_readable else base64.encodebytes(data)).decode("ascii"))
    return part
