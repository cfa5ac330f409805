"""Safety texts and where to get help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from modeltranslation.utils import build_localized_fieldname

from library.models import HelpLine, HelpRegion, SafetyText
from library.services.content.files import LANGUAGES, Entry
from library.services.content.writing import Known, Writer

Group = SafetyText.Group


def put_safety_texts(file: Entry, write: Writer, known: Known) -> None:
    """Write disclaimers, advice, stop-now signs and the rules for editors."""
    orders: dict[str, int] = {}
    for group, key, entry, extra in _texts(file):
        orders[group] = orders.get(group, 0) + 1
        placements = "".join(f",{place}" for place in entry.get("placement", []))
        values: dict[str, Any] = {
            "order": orders[group],
            "action": entry.choice("action", SafetyText.Action.values) if "action" in entry.data else "",
            "placements": f"{placements}," if placements else "",
            "editors_note": entry.get("basis", ""),
            "is_advice": False,
            **extra,
            **entry.own_texts("text"),
        }
        cited = values.pop("citations", None) or known.cited(entry)
        row, is_written = write.put(SafetyText, {"group": group, "key": key}, values)
        if is_written:
            row.citations.set(cited)


def _texts(file: Entry) -> Iterator[tuple[Group, str, Entry, dict[str, Any]]]:
    """Yield group, key, entry and further values of every text in reading order."""
    for entry in file.entries("disclaimers"):
        yield Group.DISCLAIMER, entry.need("key"), entry, {}
    yield from _with_advice(file.entry("before_you_start"), "ask_first", Group.ASK_FIRST)
    yield from _numbered(file, "stop_now_red_flags", Group.STOP_NOW)
    too_much = file.entry("too_much_exercise")
    yield from _with_advice(too_much, "signs", Group.TOO_MUCH)
    yield from _numbered(too_much, "product_rules", Group.EDITORS)
    for entry in file.entries("special_situations"):
        yield Group.SPECIAL, entry.need("key"), entry, {}
    yield Group.EDITORS, "crisis-resources", file.entry("crisis_resources").entry("notes"), {}


def _numbered(entry: Entry, name: str, group: Group) -> Iterator[tuple[Group, str, Entry, dict[str, Any]]]:
    for number, part in enumerate(entry.entries(name), start=1):
        yield group, f"{name.replace('_', '-')}-{number}", part, {}


def _with_advice(entry: Entry, name: str, group: Group) -> Iterator[tuple[Group, str, Entry, dict[str, Any]]]:
    yield from _numbered(entry, name, group)
    advice = entry.entry("advice")
    advice.data = {**advice.data, "cite": entry.get("citations", [])}
    yield group, "advice", advice, {"is_advice": True}


def put_help(file: Entry, write: Writer, *, checked_on: date) -> None:
    """Write the help regions with their lines, and the international directories."""
    due_on = checked_on + timedelta(days=file.need("review_every_days"))
    resources = file.entry("crisis_resources")
    for order, entry in enumerate(resources.entries("regions"), start=1):
        values = {
            "order": order,
            "emergency_numbers": ", ".join(entry.need("emergency")),
            **entry.texts("label", "name"),
        }
        region, is_written = write.put(HelpRegion, {"code": entry.need("region").lower()}, values)
        if is_written:
            region.lines.all().delete()
            for place, part in enumerate(entry.entries("lines"), start=1):
                line = part.texts("name") | part.optional_texts("hours") | part.optional_texts("note")
                HelpLine.objects.create(region=region, order=place, **_line(part, checked_on, due_on), **line)
    for order, entry in enumerate(resources.entries("international"), start=1):
        names = {build_localized_fieldname("name", code): entry.need("name") for code in LANGUAGES}
        values = {"order": order, **names, **_line(entry, checked_on, due_on), **entry.own_texts("note")}
        write.put(HelpLine, {"region": None, "url": values.pop("url")}, values)


def _line(entry: Entry, checked_on: date, due_on: date) -> dict[str, Any]:
    was_seen = entry.need("verified") == "page"
    return {
        "kind": entry.get("type", HelpLine.Kind.LINE.value),
        "phone": entry.get("phone", ""),
        "url": entry.get("url", ""),
        "channels": ", ".join(entry.get("channels", [])),
        "is_verified": was_seen,
        "verified_on": checked_on if was_seen else None,
        "review_due_on": due_on if was_seen else None,
        "seen_at": entry.get("seen_at", ""),
    }
