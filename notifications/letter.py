"""A mail whose unsubscribe address stays readable for mail programs."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.policy import EmailPolicy, Policy
from typing import Any

from django.core.mail import EmailMultiAlternatives

UNFOLDED = {"list-unsubscribe"}


class WirePolicy(EmailPolicy):
    """The library turns a long address without spaces into an encoded word, which no mail program follows."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() in UNFOLDED else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if name.lower() in UNFOLDED else super().fold_binary(name, value)


WIRE = WirePolicy(linesep="\r\n")


class Letter(EmailMultiAlternatives):
    def message(self, *, policy: Policy[Message[str, str]] | None = None) -> EmailMessage:
        """Return the mail as it goes over the wire, whichever policy the backend has in mind."""
        return super().message(policy=WIRE)
