"""E-mail over real SMTP: one connection for a whole batch, opened when the first message needs it."""

from __future__ import annotations

import logging
import smtplib
from types import TracebackType
from typing import Self

from django.core.mail import EmailMultiAlternatives, mailers

log = logging.getLogger(__name__)

CLOSING = 421  # the server says goodbye
PERMANENT = range(500, 600)


class Unreachable(Exception):
    """The mail server does not answer or does not let us in: nobody's message is at fault."""


class Refused(Exception):
    """The server did not take this message. `is_permanent`: trying again is of no use."""

    def __init__(self, reason: str, *, is_permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_permanent = is_permanent


class EmailLine:
    """A connection that survives refusals, and is opened again after the server hung up."""

    def __init__(self) -> None:
        self._mailer = mailers.default

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def open(self) -> None:
        """Connect unless connected. Raises Unreachable."""
        try:
            self._mailer.open()
        except OSError as error:  # smtplib's errors are OSErrors too
            raise Unreachable(type(error).__name__) from error

    def send(self, message: EmailMultiAlternatives) -> None:
        """Hand the message to the server over the open line. Returning means that it has taken it."""
        try:
            self._mailer.send_messages([message])
        except ValueError as error:
            raise Refused("address_invalid", is_permanent=True) from error
        except OSError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: OSError) -> Refused:
        code = _code_of(error)
        if code is None or code == CLOSING:
            self._hang_up()
            return Refused("connection_lost", is_permanent=False)
        return Refused(f"smtp_{code}", is_permanent=code in PERMANENT)

    def _hang_up(self) -> None:
        try:
            self._mailer.close()
        except OSError:
            log.info("the mail server hung up first")


def _code_of(error: OSError) -> int | None:
    """Return the server's answer, or None when there was none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, _words = next(iter(error.recipients.values()))
        return int(code)
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return None
