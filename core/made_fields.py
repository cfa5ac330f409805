"""Fields of serializers, made once for each class: making them takes longer than all that they then do for a page."""

import copy
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import get_language
from rest_framework import fields, relations, serializers
from rest_framework.utils.serializer_helpers import BindingDict

from core.plain_fields import ODD, Step, plan_of

HOLDERS = (
    fields.ListField,
    fields.DictField,
    relations.ManyRelatedField,
    serializers.ListSerializer,
)  # of other fields


def fields_for(serializer: serializers.Serializer[Any]) -> BindingDict:
    """Return the fields of its class as its own: what is set on one of them stays with this serializer."""
    own = BindingDict(serializer)
    for name, field in _made(type(serializer), get_language()).items():
        own.fields[name] = _copy(field, serializer)
    return own


class Shown:
    """What a serializer shows of rows: as the framework does it, with the plan of its class in hand."""

    def __init__(self, serializer: serializers.Serializer[Any]) -> None:
        self._serializer = serializer
        self._made = _made(type(serializer), get_language())
        self._plan = _plan(type(serializer), get_language())
        self._asked: dict[str, Any] = {}  # fields of its own, made when one is asked

    def of(self, row: Any) -> dict[str, Any]:
        """Return name → what is shown."""
        shown: dict[str, Any] = {}
        for name, get, turn, method in self._plan:
            if get is None:
                if method:
                    shown[name] = getattr(self._serializer, method)(row)
                else:
                    self._ask(name, row, shown)
                continue
            try:
                value = get(row)
            except (AttributeError, KeyError, ObjectDoesNotExist):
                value = ODD
            if value is None:
                shown[name] = None
            elif value is ODD or callable(value):
                self._ask(name, row, shown)
            else:
                shown[name] = turn(value)
        return shown

    def _ask(self, name: str, row: Any, shown: dict[str, Any]) -> None:
        """Ask the field itself, as `Serializer.to_representation` does."""
        field = self._asked.get(name)
        if field is None:
            field = self._asked[name] = _copy(self._made[name], self._serializer)
        try:
            value = field.get_attribute(row)
        except fields.SkipField:
            return
        missing = value.pk is None if isinstance(value, relations.PKOnlyObject) else value is None
        shown[name] = None if missing else field.to_representation(value)


@cache
def _plan(shape: type[serializers.Serializer[Any]], language: str | None) -> tuple[Step, ...]:
    return plan_of(_made(shape, language).values())


@cache
def _made(shape: type[serializers.Serializer[Any]], _language: str | None) -> dict[str, Any]:
    """Return name → field as the class declares them, bound to a serializer that has seen no request."""
    serializer = shape()
    bound = BindingDict(serializer)
    for name, field in serializer.get_fields().items():
        bound[name] = field
    return dict(bound)


def _copy(field: Any, parent: Any) -> Any:
    """Return a field that shares all with another but its parent, and what hangs on that."""
    if isinstance(field, HOLDERS):
        own: Any = copy.deepcopy(field)
        own.bind(field.field_name, parent)
        return own
    own = object.__new__(type(field))
    own.__dict__.update(field.__dict__)
    for name in ("fields", "shown"):
        own.__dict__.pop(name, None)
    own.parent = parent
    return own
