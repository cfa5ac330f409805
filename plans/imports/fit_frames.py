"""Passing over a FIT file by the lengths of its messages, to pick the few that sum it up.

A FIT file may hold millions of tiny messages; a library that decodes each would take minutes. So the
frames are counted and skipped here, and only the picked ones are given to `fitdecode`.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from functools import cache

from plans.imports.summary import Refused

MAX_BYTES = 5 * 1024 * 1024  # a day of everything that a watch knows
MAX_MESSAGES = 200_000  # two days of one a second
MAX_FIELDS = 20_000  # in the messages that are picked, all together
SESSION, LAP = 18, 19
HEADERS = (12, 14)
DEFINITION, DEVELOPER, COMPRESSED = 0x40, 0x20, 0x80


@dataclass(frozen=True)
class Layout:
    """What a definition says of the messages that follow: whose they are and how long."""

    kind: int
    fields: int
    size: int  # of the fields of the standard
    extra: int  # of fields that an app added; they are passed over


@dataclass
class Picked:
    """The frames of one kind of message, definitions included, without what apps added."""

    frames: list[bytes] = field(default_factory=list)
    count: int = 0


def pick(data: bytes) -> dict[int, Picked]:
    """Return the sessions and laps of a file whose checksum is right. Raises Refused."""
    at, end = _body_of(data)
    picked = {SESSION: Picked(), LAP: Picked()}
    layouts: dict[int, Layout] = {}
    messages = fields = 0
    while at < end:
        head = data[at]
        messages += 1
        if head & COMPRESSED or not head & DEFINITION:
            local = (head >> 5) & 3 if head & COMPRESSED else head & 15
            layout = layouts.get(local)
            if layout is None or at + 1 + layout.size + layout.extra > end:
                raise Refused("damaged")
            if layout.kind in picked:
                found = picked[layout.kind]
                found.frames.append(bytes([local]) + data[at + 1 : at + 1 + layout.size])
                found.count += 1
                fields += layout.fields
            at += 1 + layout.size + layout.extra
        else:
            layout, frame, at = _define(data, at, end)
            layouts[head & 15] = layout
            if layout.kind in picked:
                picked[layout.kind].frames.append(frame)
        if messages > MAX_MESSAGES or fields > MAX_FIELDS:
            raise Refused("too_many")
    if checksum(data[:end]) != int.from_bytes(data[end : end + 2], "little"):
        raise Refused("damaged")
    return picked


def as_file(data: bytes, picked: Picked) -> bytes:
    """Return the picked frames under a header of their own; the checksum is left empty."""
    body = b"".join(picked.frames)
    return bytes([12, data[1]]) + data[2:4] + len(body).to_bytes(4, "little") + b".FIT" + body + b"\0\0"


def _body_of(data: bytes) -> tuple[int, int]:
    """Return where the messages begin and end."""
    if len(data) > MAX_BYTES:
        raise Refused("too_many")
    if len(data) < HEADERS[0] or data[0] not in HEADERS:
        raise Refused("damaged")
    start = data[0]
    end = start + int.from_bytes(data[4:8], "little")
    if end + 2 > len(data):
        raise Refused("damaged")
    return start, end


def _define(data: bytes, at: int, end: int) -> tuple[Layout, bytes, int]:
    """Read a definition. Returns it, its frame without what apps added, and where the next message begins."""
    fields_at = at + 6
    if fields_at > end:
        raise Refused("damaged")
    count = data[at + 5]
    after = fields_at + 3 * count
    sizes = data[fields_at + 1 : after : 3]
    extra = 0
    following = after
    if data[at] & DEVELOPER:
        following = after + 1 + 3 * (data[after] if after < end else 0)
        extra = sum(data[after + 2 : following : 3])
    if following > end or 0 in sizes:
        raise Refused("damaged")
    kind = int.from_bytes(data[at + 3 : at + 5], "big" if data[at + 2] else "little")
    frame = bytes([data[at] & ~DEVELOPER]) + data[at + 1 : after]
    return Layout(kind, count, sum(sizes), extra), frame, following


@cache
def _table() -> list[int]:
    """Return the checksum of every pair of bytes, so that a file is checked two bytes at a step."""
    one = [_shifted(byte) for byte in range(256)]
    return [(low := one[pair & 255]) >> 8 ^ one[(low ^ pair >> 8) & 255] for pair in range(1 << 16)]


def checksum(data: bytes) -> int:
    """Return FIT's CRC-16."""
    pairs = array("H", data[: len(data) & ~1])
    if sys.byteorder == "big":
        pairs.byteswap()
    table, crc = _table(), 0
    for pair in pairs:
        crc = table[crc ^ pair]
    if len(data) % 2:
        crc = _shifted(crc ^ data[-1])
    return crc


def _shifted(crc: int) -> int:
    """Return what the checksum becomes by one byte, which is already in it."""
    for _bit in range(8):
        crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc
