"""Reading a row through the fields of a serializer that need nothing but the row, without the framework's way there.

Of a page of twenty events most of the time went into finding out, field by field and row by row, what a class has said
once and for all. That is found out once for each class (`plan_of`); what needs its request, or is none of the
framework's plain fields, is asked as ever. So is whatever turns out otherwise: a row that lacks it, something to call.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils import timezone
from rest_framework import ISO_8601, fields, serializers
from rest_framework.settings import api_settings

type Get = Callable[[Any], Any]

ODD = object()  # what was read is not what a plain field says


def _as_it_is(value: Any) -> Any:
    return value


class Step(NamedTuple):
    """One field: `get` its value and `turn` it into what is shown, or ask the `method`, or (with neither) the field."""

    name: str
    get: Get | None = None
    turn: Get = _as_it_is
    method: str = ""


class FromRow(fields.Field[Any, Any, Any, Any]):
    """Base of fields that make what they show of the whole row, and ask nothing of the request."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)


def plan_of(made: Iterable[Any]) -> tuple[Step, ...]:
    """Return how each of a class's fields is read, in their order."""
    return tuple(_step(field) for field in made if not field.write_only)


def _step(field: Any) -> Step:
    name = field.field_name
    if isinstance(field, FromRow):
        return Step(name, get=field.to_representation)
    if type(field) is serializers.SerializerMethodField:
        return Step(name, method=field.method_name)
    turn = _turn(field)
    return Step(name, get=attrgetter(field.source), turn=turn) if turn and field.source != "*" else Step(name)


def _turn(field: Any) -> Get | None:
    """Return what makes a value of such a field into what is shown, or None for a field that may want more."""
    special = TURNS.get(type(field))
    if special is not None:
        return special(field)
    return field.to_representation if type(field) in PLAIN else None


def _boolean(field: Any) -> Get:
    usual = field.to_representation
    return lambda value: value if value is True or value is False else usual(value)


def _choice(field: Any) -> Get:
    usual, known = field.to_representation, field.choice_strings_to_values
    return lambda value: known.get(value, value) if type(value) is str else usual(value)


def _instant(field: Any) -> Get:
    usual = field.to_representation
    if hasattr(field, "timezone") or getattr(field, "format", api_settings.DATETIME_FORMAT) != ISO_8601:
        return usual  # type: ignore[no-any-return]

    def turn(value: Any) -> Any:
        if type(value) is not datetime or value.tzinfo is None:
            return usual(value)
        try:
            text = value.astimezone(timezone.get_current_timezone()).isoformat()
        except OverflowError:
            return usual(value)
        return f"{text[:-6]}Z" if text.endswith("+00:00") else text

    return turn


def _text(_field: Any) -> Get:
    return str


def _number(_field: Any) -> Get:
    return int


# Exactly these classes, since one of them may be the base of a field that does something else.
TURNS: dict[type, Callable[[Any], Get]] = {
    fields.BooleanField: _boolean,
    fields.CharField: _text,
    fields.ChoiceField: _choice,
    fields.DateTimeField: _instant,
    fields.IntegerField: _number,
    fields.SlugField: _text,
}
PLAIN = {
    fields.DateField,
    fields.DecimalField,
    fields.EmailField,
    fields.FloatField,
    fields.TimeField,
    fields.UUIDField,
}
