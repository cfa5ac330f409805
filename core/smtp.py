"""Mail over SMTP, as Django does it, but for a look at each address by the whole grammar of addresses.

Where the server offers it (RFC 2920; nearly all do), a message goes out without a wait for each answer: for whom it is
and that it follows are said in one go, and whoever sends may do something else while the server reads.
"""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email import policy
from typing import NoReturn

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PLAIN = re.compile(rf"(?:[A-Za-z0-9 ]+ <)?({ATOM}(?:\.{ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(>?)")
OK, FORWARDED, GO_ON, CLOSING = 250, 251, 354, 421
END = b".\r\n"
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


class EmailBackend(smtp.EmailBackend):
    def open(self) -> bool | None:
        """Connect unless connected, and learn what the server can do."""
        is_new = super().open()
        if is_new and self.connection is not None:
            try:
                self.connection.ehlo_or_helo_if_needed()
            except OSError:
                self.drop()
                raise
        return is_new

    def announce(self, message: EmailMessage) -> Posting | None:
        """Say over the open line from whom a message comes and to whom it goes; return it as it is on its way.

        None, and nothing is said: it has to go as ever, since the server is to be waited for or there are several to
        whom it goes. Raises ValueError for an address that is none, OSError when the line is dead.
        """
        line, recipients = self.connection, [self.prep_address(address) for address in message.recipients()]
        if line is None or len(recipients) != 1 or not line.has_extn("pipelining"):
            return None
        source = message.message(policy=policy.SMTP).as_bytes()
        return Posting(line, self.prep_address(message.from_email), recipients[0], source)

    @property
    def is_cut(self) -> bool:
        """Whether the server hung up, as far as we have noticed."""
        return self.connection is None or self.connection.sock is None

    def drop(self) -> None:
        """Close without a goodbye: a server that waits for a message would take it for the first line of that."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def prep_address(self, address: str, force_ascii: bool = True) -> str:  # noqa: FBT001, FBT002 - Django's own
        """Return the address alone; raises ValueError when it is none. A plain one is seen to be one at once."""
        plain = PLAIN.fullmatch(address)
        if plain is not None and ("<" in address) == bool(plain[2]):
            return plain[1]
        return str(super().prep_address(address, force_ascii=force_ascii))


class Posting:
    """A message on its way: announced when it is made, then handed over, then answered. Each raises as `sendmail` does.

    Between the first two it can be called off by closing the connection, and in no other way. `is_closed`: the server
    said that it ends the line, before it saw any of it.
    """

    def __init__(self, connection: smtplib.SMTP, sender: str, recipient: str, source: bytes) -> None:
        self._connection, self._sender, self._recipient, self._source = connection, sender, recipient, source
        self.is_closed = False
        size = f" size={len(source)}" if connection.has_extn("size") else ""
        said = f"MAIL FROM:{smtplib.quoteaddr(sender)}{size}\r\nRCPT TO:{smtplib.quoteaddr(recipient)}\r\nDATA\r\n"
        connection.send(said.encode("ascii"))

    def hand_over(self) -> None:
        """Read what the server says of sender and recipient, and send the message itself."""
        sender = self._connection.getreply()
        self.is_closed = sender[0] == CLOSING
        if sender[0] != OK:
            self._refuse(smtplib.SMTPSenderRefused(*sender, self._sender), pending=2)
        recipient = self._connection.getreply()
        if recipient[0] not in {OK, FORWARDED}:
            self._refuse(smtplib.SMTPRecipientsRefused({self._recipient: recipient}), pending=1)
        ready = self._connection.getreply()
        if ready[0] != GO_ON:
            self._refuse(smtplib.SMTPDataError(*ready))
        end = b"" if self._source.endswith(b"\r\n") else b"\r\n"
        self._connection.send(LEADING_DOT.sub(b"..", self._source) + end + END)

    def hear(self) -> None:
        """Wait until the server says that the message is its own now."""
        answer = self._connection.getreply()
        if answer[0] != OK:
            self._refuse(smtplib.SMTPDataError(*answer))

    def _refuse(self, error: smtplib.SMTPException, *, pending: int = 0) -> NoReturn:
        """Read the `pending` answers, begin afresh for the next message, and raise the error."""
        with suppress(smtplib.SMTPServerDisconnected):  # the reason was said before
            answers = [self._connection.getreply() for _each in range(pending)]
            if any(code == GO_ON for code, _said in answers):
                self._connection.close()  # it waits for a message to nobody, and might take an empty one for it
            else:
                self._connection.rset()
        raise error
