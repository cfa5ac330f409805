"""Fields of serializers, made once for each class: making them takes longer than all that they then do for a page."""

import copy
from functools import cache
from typing import Any

from django.utils.translation import get_language
from rest_framework import fields, relations, serializers
from rest_framework.utils.serializer_helpers import BindingDict

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
    own.__dict__.pop("fields", None)
    own.parent = parent
    return own
