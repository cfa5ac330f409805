"""Exercise types and needs."""

from __future__ import annotations

from decimal import Decimal

from library.models import ComparisonNote, Emphasis, ExerciseType, MetValue, Need, NeedMechanism, NeedType, RedFlag
from library.models import TypeCaution as Caution
from library.services.content.files import Entry
from library.services.content.writing import Known, Writer, look_up


def put_type(entry: Entry, write: Writer, known: Known) -> bool:
    """Write one exercise type with everything below it. Return whether it was written."""
    met = entry.entry("met")
    low, high = met.need("range")
    row, is_written = write.put(
        ExerciseType,
        {"slug": entry.need("slug")},
        {
            "order": entry.need("order"),
            "is_entry_level": bool(entry.get("entry_level", False)),
            "met_low": Decimal(str(low)),
            "met_high": Decimal(str(high)),
            "met_is_verified": met.need("met_verified") == "page",
            **entry.texts("name"),
            **entry.texts("in_one_line", "one_line"),
            **entry.texts("headline"),
            **entry.texts("examples"),
            **entry.optional_texts("dose_note"),
        },
    )
    known.types[row.slug] = row
    if is_written:
        row.headline_citations.set(known.cited(entry, "headline_cite"))
        row.met_citations.set(known.cited(met))
        _put_parts(entry, met, row, known)
    return is_written


def _put_parts(entry: Entry, met: Entry, row: ExerciseType, known: Known) -> None:
    row.cautions.all().delete()
    row.met_values.all().delete()
    row.emphases.all().delete()
    for order, part in enumerate(entry.entries("cautions"), start=1):
        Caution.objects.create(exercise_type=row, order=order, **part.own_texts("text"))
    for order, part in enumerate(met.entries("values"), start=1):
        value = Decimal(str(part.data["met"])) if part.get("met") is not None else None  # unknown is unknown
        MetValue.objects.create(
            exercise_type=row, order=order, code=part.need("code"), met=value, **part.texts("label")
        )
    for part in entry.entries("mechanisms"):
        emphasis = Emphasis.objects.create(
            exercise_type=row,
            mechanism=look_up(known.mechanisms, part.need("slug"), part, "slug"),
            weight=part.need("weight"),
            basis=part.choice("basis", Emphasis.Basis.values),
        )
        emphasis.citations.set(known.cited(part))


def put_suits(entry: Entry, known: Known) -> None:
    """Link a type to the needs it suits, once every need exists."""
    row = known.types[entry.need("slug")]
    row.suits_needs.set(look_up(known.needs, slug, entry, "suits_needs") for slug in entry.get("suits_needs", []))


def put_comparison(entry: Entry, order: int, write: Writer, known: Known) -> None:
    values = {"is_verified": entry.get("verified", "page") == "page", **entry.own_texts("text")}
    row, is_written = write.put(ComparisonNote, {"order": order}, values)
    if is_written:
        row.citations.set(known.cited(entry))


def put_need(entry: Entry, order: int, write: Writer, known: Known) -> None:
    """Write one need with what is recommended for it and its red flags."""
    action = entry.entry("first_action")
    values = {"order": order, "action_minutes": action.need("minutes"), **action.texts("title", "action_title")}
    for name in ("name", "first_person", "first_ten_minutes"):
        values |= entry.texts(name)
    for name in ("do_not_say", "product_rule"):
        values |= entry.optional_texts(name)
    row, is_written = write.put(Need, {"slug": entry.need("slug")}, values)
    known.needs[row.slug] = row
    if is_written:
        _put_links(entry, row, known)
        put_red_flags(entry, "red_flags", row)


def _put_links(entry: Entry, row: Need, known: Known) -> None:
    row.type_links.all().delete()
    row.mechanism_links.all().delete()
    for order, part in enumerate(entry.entries("exercise_types"), start=1):
        kind = look_up(known.types, part.need("slug"), part, "slug")
        link = NeedType.objects.create(need=row, exercise_type=kind, order=order, **part.texts("why"))
        link.citations.set(known.cited(part))
    for order, part in enumerate(entry.entries("mechanisms"), start=1):
        mechanism = look_up(known.mechanisms, part.need("slug"), part, "slug")
        NeedMechanism.objects.create(need=row, mechanism=mechanism, order=order, **part.texts("why"))


def put_red_flags(entry: Entry, name: str, need: Need | None) -> None:
    """Write the signs that care comes first, of one need or (None) of every need."""
    RedFlag.objects.filter(need=need).delete()
    for order, part in enumerate(entry.entries(name), start=1):
        action = RedFlag.Action.PROFESSIONAL.value
        if "action" in part.data:
            action = part.choice("action", RedFlag.Action.values)
        RedFlag.objects.create(need=need, order=order, action=action, **part.own_texts("text"))
