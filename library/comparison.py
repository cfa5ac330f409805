"""Two versions of an article side by side, told apart by words in English and by characters in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from library.services.content.kinds import KINDS
from library.services.content.parts import Part, Texts, Within, field_of
from library.services.content.shapes import Listing, Rows

CJK = "\u3400-\u9fff\uf900-\ufaff"
ALIKE = 0.5  # rows that share half of what they say are the same row, edited
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+|\s+|[^\w\s]")
type Said = dict[str, Any]
type Pair = tuple[str, str, str]  # label, what it was, what it is


@dataclass(frozen=True)
class Difference:
    """One text that changed: what went is marked with `<del>`, what came with `<ins>`."""

    label: str
    old: SafeString
    new: SafeString


def compare(kind: str, old: Said, new: Said) -> list[Difference]:
    """Return what differs between two versions of an article, in the order of its parts."""
    shape = KINDS[kind]
    if isinstance(shape, Listing):
        pairs = _rows(shape.rows, old["rows"], new["rows"], "")
    else:
        pairs = _parts(shape.parts, shape.model, old, new)
    return [Difference(label, *marked(was, now)) for label, was, now in pairs if was != now]


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Return both texts with their differences marked."""
    was, now = TOKEN.findall(old), TOKEN.findall(new)
    left, right = [], []
    for what, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, come = "".join(was[i:j]), "".join(now[k:m])
        left.append(escape(gone) if what == "equal" else _in("del", gone))
        right.append(escape(come) if what == "equal" else _in("ins", come))
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 - each piece is escaped above


def _in(tag: str, text: str) -> str:
    return format_html("<{0}>{1}</{0}>", mark_safe(tag), text) if text else ""  # noqa: S308 - one of two words


def _parts(parts: tuple[Part, ...], model: type[Model], old: Said, new: Said, where: str = "") -> Iterator[Pair]:
    for part in parts:
        was, now = old.get(part.name), new.get(part.name)
        if isinstance(part, Within):
            yield from _parts(part.parts, model, was or {}, now or {}, where)
        elif isinstance(part, Rows):
            yield from _rows(part, was or [], now or [], where)
        elif isinstance(part, Texts):
            texts = (old, new) if part.is_own else (was or {}, now or {})
            yield from _languages(_label(part, model, where), *texts)
        else:
            yield _label(part, model, where), _in_words(part, model, was), _in_words(part, model, now)


def _languages(label: str, old: Said, new: Said) -> Iterator[Pair]:
    for code, language in settings.LANGUAGES:
        yield f"{label} ({language})", _text(old.get(code)), _text(new.get(code))


def _rows(part: Rows, old: list[Said], new: list[Said], where: str) -> Iterator[Pair]:
    """Pair rows that are the same or alike, wherever they stand, and say so when their order changed."""
    name = str(part.model._meta.verbose_name)  # noqa: SLF001 - the documented name
    pairs = _alike(old, new)
    if sorted(pairs, key=lambda pair: pair[1]) != sorted(pairs):
        before = [str(place + 1) for place, _now in sorted(pairs)]
        after = [str(place + 1) for place, _now in sorted(pairs, key=lambda pair: pair[1])]
        yield f"{where}{part.label(part.model)} · {_('order')}", ", ".join(before), ", ".join(after)
    partner = {now: was for was, now in pairs}
    for place, row in enumerate(new):
        was = old[partner[place]] if place in partner else {}
        yield from _parts(part.parts, part.model, was, row, f"{where}{name} {place + 1} · ")
    for place, row in enumerate(old):
        if place not in partner.values():
            yield from _parts(part.parts, part.model, row, {}, f"{where}{name} {place + 1} · ")


def _alike(old: list[Said], new: list[Said]) -> list[tuple[int, int]]:
    """Return which row of `old` became which of `new`, the most alike first."""
    likeness = [
        (SequenceMatcher(None, repr(was), repr(now)).ratio(), -abs(i - k), i, k)
        for i, was in enumerate(old)
        for k, now in enumerate(new)
    ]
    pairs: dict[int, int] = {}
    for ratio, _near, i, k in sorted(likeness, reverse=True):
        if ratio >= ALIKE and i not in pairs and k not in pairs.values():
            pairs[i] = k
    return list(pairs.items())


def _label(part: Part, model: type[Model], where: str) -> str:
    return f"{where}{part.label(model)}"


def _in_words(part: Part, model: type[Model], value: Any) -> str:
    """Return a value as the forms show it."""
    if isinstance(value, list | bool) or value is None:
        return _text(value)
    choices = dict(getattr(field_of(model, part.at), "flatchoices", []))
    return str(choices.get(value, value))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    return "" if value is None else str(value)
