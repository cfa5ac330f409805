"""Every column of a row, changed to something else that the database takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import DataError, IntegrityError, models, transaction


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


FEW = 3


def others(rows: models.QuerySet[Any]) -> Iterator[tuple[str, Any]]:
    """Return name and another value of each column, of a few rows or the first of many, as `change` takes them."""
    found = list(rows.order_by("pk")[: FEW + 1])
    for row in found if len(found) <= FEW else found[:1]:
        for field in row._meta.concrete_fields:
            if not field.primary_key:
                for value in _others(field, getattr(row, field.attname)):
                    yield field.name, (row, {field.attname: value})


def change(what: tuple[models.Model, dict[str, Any]]) -> bool:
    """Write the value; return whether the database took it."""
    row, values = what
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except (IntegrityError, DataError):
        return False
    return True


def _others(field: Any, value: Any) -> list[Any]:
    if isinstance(field, models.ForeignKey):
        target = field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
        return [*target[:1], *([None] if field.null and value is not None else [])]
    if field.choices:
        return [choice for choice, _label in field.flatchoices if choice != value][:2]
    if isinstance(field, models.BooleanField):
        return [not value]
    nothing = [None] if field.null and value is not None else []
    return [*next((other(value) for kind, other in OTHER if isinstance(field, kind)), []), *nothing]


def _longer(value: str | None) -> list[str]:
    return [f"{value or ''}7"[-40:]]


def _up_and_down(step: Any, start: Any) -> Any:
    return lambda value: [start + step] if value is None else [value + step, *([value - step] if value else [])]


# The first that fits: a datetime is also a date.
OTHER: list[tuple[Any, Any]] = [
    (models.DateTimeField, _up_and_down(timedelta(minutes=7), datetime(2026, 3, 1, 12, tzinfo=UTC))),
    (models.DateField, _up_and_down(timedelta(days=1), date(2026, 3, 1))),
    (models.TimeField, lambda _: [time(4, 44)]),
    (models.UUIDField, lambda _: [uuid4()]),
    (models.DecimalField, _up_and_down(Decimal(1), Decimal(0))),
    (models.FloatField, _up_and_down(1.0, 1.5)),
    (models.IntegerField, _up_and_down(1, 0)),
    (models.JSONField, lambda _: [[7]]),
    (models.CharField | models.TextField, _longer),
]
