"""Mails of the development mailbox: one file each under `var/mail/`, newest last by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from core import clock

_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}\Z")


@dataclass(frozen=True)
class StoredMail:
    """`name` is its address in the mailbox."""

    name: str
    source: bytes

    @property
    def received_at(self) -> datetime:
        return datetime.strptime(f"{self.name[:20]}+0000", "%Y%m%d%H%M%S%f%z")

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.source, policy=policy.default)

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def text(self) -> str:
        return _body(self.message.get_body(("plain",)))

    @property
    def html(self) -> str:
        return _body(self.message.get_body(("html",)))

    @property
    def raw(self) -> str:
        return self.source.decode("utf-8", "replace")


def _body(part: MIMEPart | None) -> str:
    return str(part.get_content()) if part is not None else ""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


def store(source: bytes) -> StoredMail:
    """Keep a mail; it appears whole or not at all."""
    mail = StoredMail(f"{clock.now():%Y%m%d%H%M%S%f}-{uuid4().hex[:8]}", source)
    folder().mkdir(parents=True, exist_ok=True)
    unfinished = folder() / f"{mail.name}.part"
    unfinished.write_bytes(source)
    unfinished.rename(folder() / f"{mail.name}.eml")
    return mail


def newest_first(limit: int = 100) -> Iterator[StoredMail]:
    """Yield the latest mails."""
    for path in sorted(folder().glob("*.eml"), reverse=True)[:limit]:
        if (mail := find(path.stem)) is not None:
            yield mail


def find(name: str) -> StoredMail | None:
    """Return the mail of that name, or None."""
    path = folder() / f"{name}.eml"
    if not _NAME.match(name) or not path.is_file():
        return None
    return StoredMail(name, path.read_bytes())
