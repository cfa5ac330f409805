"""A real SMTP server on a free port of this machine, whose answers a test decides."""

import asyncio
import socket
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from threading import Condition
from time import monotonic

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Reply(Enum):
    """What the server does with a message."""

    ACCEPT = "250 2.0.0 Taken"
    TEMPORARY = "451 4.3.0 Try again later"
    PERMANENT = "550 5.1.1 No such mailbox"
    DROP = "the line goes dead before the message is taken"
    TAKE_AND_DROP = "the message is taken, and the line goes dead before the answer"
    GREYLIST = "450 4.2.0 Greylisted, come again"


@dataclass(frozen=True)
class Mail:
    """A message that the server took."""

    sender: str
    recipients: tuple[str, ...]
    source: bytes
    at: float = field(default_factory=monotonic)

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.source, policy=policy.default)  # type: ignore[return-value]

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""

    @property
    def html(self) -> str:
        body = self.message.get_body(("html",))
        return body.get_content() if body else ""


@dataclass
class MailSink:
    """`port` to connect to; `mails` that were taken, oldest first; `attempts` counts every message offered, `tries`
    how often each recipient was named.

    Replies given to `will` are used one message each; then those `towards` a domain, which come when its recipient is
    named (a greylisted one is taken the second time); then `default`. `delay` seconds pass before each reply, and
    `delays` before one of a domain. `pipelines`: clients need not wait for each answer, as with nearly all servers.
    """

    port: int
    pipelines: bool = True
    mails: list[Mail] = field(default_factory=list)
    attempts: int = 0
    default: Reply = Reply.ACCEPT
    delay: float = 0
    towards: dict[str, Reply] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)
    _script: deque[Reply] = field(default_factory=deque)
    _arrived: Condition = field(default_factory=Condition)

    def will(self, *replies: Reply) -> None:
        self._script.extend(replies)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if address in mail.recipients]

    def wait_for(self, count: int, *, seconds: float = 10) -> list[Mail]:
        """Return the mails once there are `count` of them, or after the time whatever there is."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.mails) >= count, timeout=seconds)
            return list(self.mails)

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.pipelines else []), responses[-1]]

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries[address] += 1
        domain = address.rpartition("@")[2]
        await asyncio.sleep(self.delays.get(domain, 0))
        reply = self.towards.get(domain, Reply.ACCEPT)
        if reply is Reply.DROP:
            server.transport.abort()
        if reply is Reply.ACCEPT or (reply is Reply.GREYLIST and self.tries[address] > 1):
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 Known"
        self.attempts += 1
        return reply.value

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        self.attempts += 1
        reply = self._script.popleft() if self._script else self.default
        await asyncio.sleep(self.delay)
        if reply in {Reply.ACCEPT, Reply.TAKE_AND_DROP}:
            self._take(envelope)
        if reply in {Reply.DROP, Reply.TAKE_AND_DROP}:
            server.transport.abort()
            return Reply.TEMPORARY.value
        return reply.value

    def _take(self, envelope: Envelope) -> None:
        mail = Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), bytes(envelope.original_content or b""))
        with self._arrived:
            self.mails.append(mail)
            self._arrived.notify_all()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_mail_sink() -> Iterator[MailSink]:
    """Serve while the block runs."""
    sink = MailSink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
