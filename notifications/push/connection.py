"""A connection that goes to the very address that was checked, and nowhere else.

The name is looked up once; its addresses must all be public; the first that answers is spoken to, with the name
for its certificate. No proxy of the environment, no redirect, no second look-up: a name that answers something
else a moment later (DNS rebinding) finds nobody listening.
"""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPConnection

from notifications.channels import Unreachable
from notifications.push.services import Endpoint, NotAllowed, is_public

TIMEOUT = 5  # seconds, for connecting and for each answer
TRIED = 2  # addresses of one name

_trust = ssl.create_default_context()


class Pinned(HTTPConnection):
    """HTTP over one of `addresses`, over TLS for the endpoint's name unless it is the sink on this machine."""

    def __init__(self, endpoint: Endpoint, addresses: list[str], *, trust: ssl.SSLContext = _trust) -> None:
        super().__init__(endpoint.host, endpoint.port, timeout=TIMEOUT)
        self._addresses = addresses
        self._trust = trust if endpoint.scheme == "https" else None

    def connect(self) -> None:
        for number, address in enumerate(self._addresses, start=1):
            try:
                self.sock = socket.create_connection((address, self.port), TIMEOUT)
                break
            except OSError:
                if number == len(self._addresses):
                    raise
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._trust is not None:
            self.sock = self._trust.wrap_socket(self.sock, server_hostname=self.host)


def connect(endpoint: Endpoint) -> Pinned:
    """Return an open connection. Raises Unreachable, or NotAllowed when the name leads to where it is not public."""
    try:
        connection = Pinned(endpoint, _addresses_of(endpoint))
        connection.connect()
    except OSError as error:  # names that nobody knows and certificates that do not fit are OSErrors too
        raise Unreachable(f"{endpoint.host}: {type(error).__name__}") from error
    return connection


def _addresses_of(endpoint: Endpoint) -> list[str]:
    found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
    if not endpoint.is_ours and not all(is_public(address) for address in addresses):
        raise NotAllowed(f"{endpoint.host} leads to an address that is not public")
    return addresses[:TRIED]
