"""An SMTP server with whims: line by line, it says what a test decides, and hangs up when it likes."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

END = b".\r\n"
FEATURES = "250-here\r\n250 PIPELINING"


def _usual(_number: int) -> str:
    return ""


@dataclass
class Whims:
    """What it says instead of the usual, "" for the usual; connections are counted from 1.

    `hangs_up` after a recipient was refused: "at once", "after DATA" or never. `most`: messages over one connection.
    """

    greets: Callable[[int], str] = _usual
    knows: Callable[[int], str] = _usual  # what it says to EHLO and HELO
    takes: Callable[[str], str] = lambda _address: "250 known"
    hangs_up: str = ""
    most: int = 1_000
    says_go_on_to_nobody: bool = False
    port: int = 0
    connections: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    timeout = 10

    @property
    def whims(self) -> Whims:
        return cast("Whims", self.server.whims)  # type: ignore[attr-defined]

    def handle(self) -> None:
        """Talk until one of the two hangs up."""
        self.whims.connections += 1
        self.number, self.taken, self.recipient = self.whims.connections, 0, ""
        if not self.say(self.whims.greets(self.number) or "220 hello").startswith("220"):
            return
        while line := self.rfile.readline():
            verb = line[:4].decode().lower()
            if getattr(self, f"on_{verb}", self.on_others)(line) is False:
                return

    def on_ehlo(self, _line: bytes) -> None:
        self.say(self.whims.knows(self.number) or FEATURES)

    on_helo = on_ehlo

    def on_mail(self, _line: bytes) -> bool:
        has_room = self.taken < self.whims.most
        self.say("250 well" if has_room else "421 enough for one line")
        return has_room

    def on_rcpt(self, line: bytes) -> bool:
        address = line.split(b"<")[1].split(b">")[0].decode()
        self.recipient = address if self.say(self.whims.takes(address)).startswith("250") else ""
        return bool(self.recipient) or self.whims.hangs_up != "at once"

    def on_data(self, _line: bytes) -> bool:
        if not self.recipient and not self.whims.says_go_on_to_nobody:
            self.say("554 to whom?")
            return self.whims.hangs_up != "after DATA"
        self.say("354 go on")
        text = b""
        while (line := self.rfile.readline()) != END:
            if not line:  # it was called off
                return False
            text += line
        self.whims.mails.append((self.recipient, text))
        self.taken += 1
        self.say("250 taken")
        return True

    def on_quit(self, _line: bytes) -> bool:
        self.say("221 goodbye")
        return False

    def on_others(self, _line: bytes) -> None:
        self.say("250 well")

    def say(self, words: str) -> str:
        self.wfile.write(f"{words}\r\n".encode())
        return words


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, block_on_close = True, True, False

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever is cut off is cut off."""


@contextmanager
def running_odd_mail_server(whims: Whims) -> Iterator[Whims]:
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.whims = whims  # type: ignore[attr-defined]
        whims.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield whims
        finally:
            server.shutdown()
