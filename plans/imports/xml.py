"""Walking through an XML file element by element, with limits on everything that a hostile one could grow.

`defusedxml` refuses document types, entities and references to elsewhere. Its parser is fed in pieces,
and only two of its handlers are ours, called by expat itself: a tree is never built.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from plans.imports.summary import Refused, Tally

MAX_DEPTH = 32
MAX_PARTS = 300_000  # elements and attributes together: ten hours of one point a second, with heart rates
MAX_NAMES = 500  # different ones; a device has some dozens
MAX_ATTRIBUTES = 64  # of one element
MAX_PREFIXES = 100  # different ones; some devices declare the same one at every point
MAX_TEXT = 64
A_PIECE = 64 * 1024
# Atomic, so that a row of comments is tried in one way only.
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?[^>]{0,1000}>|<!--.{0,5000}?-->)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_LONG_TAG = re.compile(rb"<[^<>]{8192}")


class Walker:
    """Knows where it is in the file. Subclasses say which elements matter, and what to do there."""

    starting: frozenset[str] = frozenset()  # whose start matters
    ending: frozenset[str] = frozenset()  # whose end matters, though their text does not
    wanted: frozenset[str] = frozenset()  # whose text is wanted at their end

    def __init__(self) -> None:
        self.tally = Tally()
        self.path: list[str] = []
        self._names: dict[str, str] = {}  # as expat says them → without the namespace
        self._prefixes: set[str | None] = set()
        self._parts = 0
        self._text: list[str] = []
        self._is_wanted = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element of `starting` starts."""

    def finish(self, name: str, text: str) -> None:
        """An element of `wanted` or `ending` ends."""

    @property
    def parent(self) -> str:
        """The element around the one that starts or ends."""
        return self.path[-2] if len(self.path) > 1 else ""

    def on_start(self, name: str, attributes: list[str]) -> None:
        local, path = self._names.get(name) or self._name(name), self.path
        path.append(local)
        self._parts += 1 + len(attributes) // 2
        if self._parts > MAX_PARTS:
            raise Refused("too_many")
        if len(path) > MAX_DEPTH or len(attributes) > 2 * MAX_ATTRIBUTES:
            raise Refused("unsafe")
        if local in self.wanted:
            self._is_wanted = True
            self._text = []
        elif local in self.starting:
            self.begin(local, dict(zip(attributes[::2], attributes[1::2], strict=True)))

    def on_prefix(self, prefix: str | None, _address: str) -> None:
        self._prefixes.add(prefix)
        if len(self._prefixes) > MAX_PREFIXES:
            raise Refused("unsafe")

    def on_end(self, _name: str) -> None:
        local = self.path[-1]
        if local in self.wanted:
            self._is_wanted = False
            self.finish(local, "".join(self._text))
        elif local in self.ending:
            self.finish(local, "")
        self.path.pop()

    def on_text(self, text: str) -> None:
        if self._is_wanted:
            self._text.append(text[:MAX_TEXT])
            if len(self._text) > MAX_TEXT:
                raise Refused("unsafe")

    def _name(self, name: str) -> str:
        if len(self._names) == MAX_NAMES:
            raise Refused("unsafe")
        self._names[name] = local = name[name.rfind("}") + 1 :]
        return local


def walk(data: bytes, walker: Walker) -> None:
    """Lead the walker through the file. Raises Refused."""
    if _LONG_TAG.search(data):
        raise Refused("unsafe")
    parser = DefusedXMLParser(target=_Nothing(), encoding=_encoding_of(data), forbid_dtd=True)
    expat: Any = parser.parser
    expat.DefaultHandlerExpand = None  # would be called for every blank
    expat.StartElementHandler = walker.on_start
    expat.StartNamespaceDeclHandler = walker.on_prefix
    expat.EndElementHandler = walker.on_end
    expat.CharacterDataHandler = walker.on_text
    try:
        for start in range(0, len(data), A_PIECE):
            parser.feed(data[start : start + A_PIECE])
        parser.close()
    except DefusedXmlException as error:
        raise Refused("unsafe") from error
    except (ParseError, ValueError, AssertionError) as error:
        raise Refused("damaged") from error


def root_of(data: bytes) -> str:
    """Return the local name of the first element, or nothing; comments and the like before it are passed over."""
    found = _ROOT.match(data)
    return found[1].decode("ascii", "replace") if found else ""


def _encoding_of(data: bytes) -> str:
    """Names are thrown away, so it is enough that nothing in the file stops the reader."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "utf-8"


class _Nothing:
    def close(self) -> None:
        """Close as a tree builder does, with no tree to give."""
