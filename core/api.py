"""Bases of every API view and serializer: rows come scoped, and stay guarded while serialized."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.utils.serializer_helpers import BindingDict
from rest_framework.viewsets import GenericViewSet

from core.made_fields import Shown, fields_for
from core.visibility import Unscoped, VisibilityQuerySet, presenting


class PresentedSerializer[T](serializers.Serializer[T]):
    """A serializer that refuses related rows which did not pass `visible_to(viewer)`."""

    # What the class says above is in the API's document. Fields are made once for each class, without a request.
    @cached_property
    def fields(self) -> BindingDict:
        return fields_for(self)

    @cached_property
    def shown(self) -> Shown:
        return Shown(self)

    def to_representation(self, instance: T) -> dict[str, Any]:
        as_ever = "fields" in self.__dict__ or isinstance(instance, Mapping)  # somebody may have changed them
        with presenting():
            return super().to_representation(instance) if as_ever else self.shown.of(instance)


class ScopedViewSet(GenericViewSet[Any]):
    """A viewset whose rows must come from `visible_to(viewer)`; `get_queryset` is checked."""

    lookup_field = "uuid"

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (isinstance(queryset, VisibilityQuerySet) and queryset.is_scoped):
            raise Unscoped(f"{type(self).__name__} lists rows without visible_to(viewer)")
        return super().filter_queryset(queryset)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """Return what a page's form makes of a query, so that page and API refuse the same things."""
    if not form.is_valid():
        raise serializers.ValidationError({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return form.cleaned_data


def refused_example(name: str, *, field: str, message: str) -> OpenApiExample:
    """Return the example, for the API document, of a request refused over one field."""
    value = {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "code": "invalid",
        "detail": "Some of this needs another look.",
        "errors": [{"field": field, "message": message}],
    }
    return OpenApiExample(name, value=value, response_only=True, status_codes=["400"])


class ProblemFieldSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = ProblemFieldSerializer(many=True, required=False)  # type: ignore[assignment]
