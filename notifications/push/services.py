"""The push services that messages may go to: an allow-list, since the address comes from a browser or an app."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings

HTTPS = 443
LONGEST = 1000


class NotAllowed(ValueError):
    """Nothing is sent to this address."""


@dataclass(frozen=True)
class Endpoint:
    """An address that is on the list. `is_ours`: the sink of a developer or a test, on this machine."""

    origin: str
    scheme: str
    host: str
    port: int
    target: str
    is_ours: bool


def parse_endpoint(address: str) -> Endpoint:
    """Return the parts of an address on the list, or raise NotAllowed."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        raise NotAllowed("not an address")
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise NotAllowed("not an address") from error
    is_ours = f"{parts.scheme}://{parts.netloc}" in settings.PUSH_SINKS
    if not is_ours:
        if parts.scheme != "https" or "@" in parts.netloc or port not in {None, HTTPS}:
            raise NotAllowed("https only")
        if not _is_listed(host):
            raise NotAllowed("not on the list")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    origin = f"{parts.scheme}://{parts.netloc if is_ours else host}"
    return Endpoint(origin, parts.scheme, host, port or HTTPS, target, is_ours)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, whatever notation hides it."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1]) or _behind_nat64(found)
        if hidden:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _is_listed(host: str) -> bool:
    for listed in settings.PUSH_SERVICES:
        name = listed.strip().lower()
        if host == name or (name.startswith("*.") and host.endswith(name[1:]) and host != name[2:]):
            return True
    return False


def _behind_nat64(address: IPv6Address) -> IPv4Address | None:
    packed = address.packed
    is_nat64 = packed[:4] == b"\x00\x64\xff\x9b"  # 64:ff9b::/96 and 64:ff9b:1::/48
    return IPv4Address(packed[-4:]) if is_nat64 else None
