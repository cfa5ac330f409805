"""E-mail by whatever carries it (SMTP, or a provider's API through anymail): one connection for a whole turn."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.core.mail import mailers

from core import smtp
from notifications import rendering
from notifications.channels import Answer, Outcome, Refused, Taken, Unreachable
from notifications.channels.waiting import wait_of
from notifications.decisions import Send
from notifications.letter import Letter
from notifications.models import Delivery

log = logging.getLogger(__name__)

PERMANENT = range(500, 600)
LOST = Refused("connection_lost")
API_PERMANENT = {400, 404, 413, 422}  # a provider's API: about this message; a wrong key (401, 403) is ours to mend


class EmailLine:
    """A connection that survives refusals, and is opened again after the server hung up."""

    def __init__(self, now: datetime) -> None:
        self.is_down = self._is_open = self._has_carried = False
        self._mailer, self._now = mailers.default, now
        self._smtp = self._mailer if isinstance(self._mailer, smtp.EmailBackend) else None
        self._posting: smtp.Posting | None = None  # what is announced

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._hang_up()

    def compose(self, delivery: Delivery, sends: Sequence[Send]) -> Letter:
        return rendering.compose(delivery, sends)

    def is_open(self, parcel: Letter) -> bool:
        return self._is_open

    def open(self, parcel: Letter) -> None:
        """Connect unless connected."""
        try:
            self._mailer.open()
        except OSError as error:  # smtplib's errors are OSErrors too
            self.is_down = True
            raise Unreachable(type(error).__name__) from error
        self._is_open = True

    def announce(self, parcel: Letter) -> None:
        """Say whom it is for, over SMTP. A line that died since is opened again, once."""
        try:
            self._announce(parcel)
        except OSError:
            self._hang_up()
            self.open(parcel)
            try:
                self._announce(parcel)
            except OSError as error:
                self.is_down = True
                raise Unreachable(type(error).__name__) from error

    def _announce(self, parcel: Letter) -> None:
        try:
            self._posting = self._smtp.announce(parcel) if self._smtp is not None else None
        except ValueError:
            log.info("an address that is none")  # which is said of it when it is handed over

    def call_off(self) -> None:
        if self._posting is not None:
            self._hang_up()

    def hand_over(self, parcel: Letter) -> Answer:
        """Let it go. A server may take so many over one line and no more, and say so: the next goes over another."""
        posting = self._posting
        if posting is None:
            outcome = self._outcome(lambda: self._mailer.send_messages([parcel]))
            return lambda: outcome
        is_used, outcome = self._has_carried, self._outcome(posting.hand_over)
        if posting.is_closed and is_used:
            outcome = self._hand_over_anew(parcel)
        if outcome != Taken():
            self._posting = None
            return lambda: outcome
        return self._hear

    def _hand_over_anew(self, parcel: Letter) -> Outcome:
        try:
            self.open(parcel)
            self.announce(parcel)
        except Unreachable:
            return LOST
        return self._outcome(self._posting.hand_over) if self._posting is not None else LOST

    def _hear(self) -> Outcome:
        outcome = self._outcome(self._posting.hear) if self._posting is not None else LOST
        self._posting, self._has_carried = None, outcome == Taken()
        return outcome

    def _outcome(self, step: Callable[[], object]) -> Outcome:
        try:
            step()
        except AnymailRecipientsRefused:
            return Refused("address_invalid", is_final=True)
        except AnymailAPIError as error:
            return self._refused_by_api(error)
        except ValueError:
            return Refused("address_invalid", is_final=True)
        except OSError as error:
            return self._refused(error)
        return Taken()

    def _refused(self, error: OSError) -> Refused:
        code = _code_of(error)
        is_lost = code is None or code == smtp.CLOSING
        if is_lost or (self._smtp is not None and self._smtp.is_cut):
            self._hang_up()
        return LOST if is_lost else Refused(f"smtp_{code}", is_final=code in PERMANENT)

    def _refused_by_api(self, error: AnymailAPIError) -> Refused:
        if error.response is None:
            return LOST
        said = error.response.headers.get("Retry-After", "")
        is_final = error.status_code in API_PERMANENT
        return Refused(f"mail_api_{error.status_code}", is_final, wait_of(said, now=self._now) or timedelta())

    def _hang_up(self) -> None:
        self._is_open = self._has_carried = False
        try:
            if self._smtp is not None and self._posting is not None:
                self._posting = None
                self._smtp.drop()
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
