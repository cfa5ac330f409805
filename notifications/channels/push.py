"""Web Push (RFC 8030): encrypted for the device (RFC 8291), signed by the site (RFC 8292), one connection a service."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from types import TracebackType
from typing import Self

from pywebpush import WebPusher

from notifications.channels import Answer, Gone, Outcome, Refused, Taken, Unreachable
from notifications.channels.waiting import wait_of
from notifications.decisions import Send
from notifications.models import Delivery, PushSubscription
from notifications.push import vapid
from notifications.push.connection import Pinned, connect
from notifications.push.payload import headers_of, payload_of
from notifications.push.services import Endpoint, NotAllowed, parse_endpoint

log = logging.getLogger(__name__)

TAKEN = {200, 201, 202}
ENDED = {404, 410}
TOO_LARGE = 413
LONGEST_ANSWER = 8192


@dataclass(frozen=True)
class Sealed:
    """A message that only the device can read, and where it goes."""

    endpoint: Endpoint
    headers: dict[str, str]
    body: bytes


class PushLine:
    """Connections to the push services of a turn. One that does not answer is left alone until the turn is over."""

    is_down = False

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._connections: dict[str, Pinned] = {}
        self._signed: dict[str, str] = {}
        self._away: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection in self._connections.values():
            connection.close()

    def compose(self, delivery: Delivery, sends: Sequence[Send]) -> Sealed:
        endpoint, device = parse_endpoint(sends[0].address), delivery.subscription
        if device is None:
            raise LookupError("a push without a device")  # `notifications.reach` holds these
        headers = headers_of(delivery, sends, now=self._now)
        return Sealed(endpoint, headers, seal(payload_of(delivery, sends), device))

    def is_open(self, parcel: Sealed) -> bool:
        known = self._connections.get(parcel.endpoint.origin)
        return known is not None and known.sock is not None

    def open(self, parcel: Sealed) -> None:
        origin = parcel.endpoint.origin
        if origin in self._away:
            raise Unreachable(parcel.endpoint.host)
        if self.is_open(parcel):
            return
        try:
            self._connections[origin] = connect(parcel.endpoint)
        except NotAllowed as error:
            self._away.add(origin)
            log.error("push service refused: %s", error)  # noqa: TRY400 - one line says it
            raise Unreachable(parcel.endpoint.host) from error
        except Unreachable:
            self._away.add(origin)
            raise

    def announce(self, parcel: Sealed) -> None:
        pass

    def call_off(self) -> None:
        pass

    def hand_over(self, parcel: Sealed) -> Answer:
        endpoint = parcel.endpoint
        connection = self._connections[endpoint.origin]
        headers = {**parcel.headers, "Authorization": self._signature(endpoint.origin)}

        def send() -> Outcome:
            connection.request("POST", endpoint.target, body=parcel.body, headers=headers)
            return Taken()

        outcome = self._watched(endpoint, connection, send)
        if outcome != Taken():
            return lambda: outcome
        return lambda: self._watched(endpoint, connection, lambda: self._hear(connection))

    def _hear(self, connection: Pinned) -> Outcome:
        answer = connection.getresponse()
        answer.read(LONGEST_ANSWER)
        if not answer.isclosed():
            connection.close()
        return _outcome(answer.status, answer.headers.get("Retry-After", ""), now=self._now)

    def _watched(self, endpoint: Endpoint, connection: Pinned, step: Callable[[], Outcome]) -> Outcome:
        try:
            return step()
        except TimeoutError:
            connection.close()
            self._away.add(endpoint.origin)
            return Refused("no_answer")
        except (OSError, HTTPException):
            connection.close()
            return Refused("connection_lost")

    def _signature(self, origin: str) -> str:
        if origin not in self._signed:
            self._signed[origin] = vapid.authorization(origin, now=self._now)
        return self._signed[origin]


def seal(message: bytes, device: PushSubscription) -> bytes:
    """Encrypt a message so that only the device can read it."""
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    sealed: bytes = WebPusher({"endpoint": device.endpoint, "keys": keys}).encode(message)["body"]
    return sealed


def _outcome(status: int, retry_after: str, *, now: datetime) -> Outcome:
    if status in TAKEN:
        return Taken()
    if status in ENDED:
        return Gone("device_gone")
    return Refused(f"push_{status}", is_final=status == TOO_LARGE, wait=wait_of(retry_after, now=now))
