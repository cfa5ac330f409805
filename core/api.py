"""Bases of every API view and serializer: rows come scoped, and stay guarded while serialized."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.viewsets import GenericViewSet

from core.visibility import Unscoped, VisibilityQuerySet, presenting


class PresentedSerializer[T](serializers.Serializer[T]):
    """A serializer that refuses related rows which did not pass `visible_to(viewer)`."""

    def to_representation(self, instance: T) -> dict[str, Any]:
        with presenting():
            return super().to_representation(instance)


class ScopedViewSet(GenericViewSet[Any]):
    """A viewset whose rows must come from `visible_to(viewer)`; `get_queryset` is checked."""

    lookup_field = "uuid"

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (isinstance(queryset, VisibilityQuerySet) and queryset.is_scoped):
            raise Unscoped(f"{type(self).__name__} lists rows without visible_to(viewer)")
        return super().filter_queryset(queryset)
