"""What is read by the plan of a class is what the framework reads field by field."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework import serializers

from core.api import PresentedSerializer
from core.made_fields import Shown
from core.plain_fields import FromRow
from groups.models import Rsvp


class Twice(FromRow):
    def to_representation(self, value: Any) -> int | None:
        return value.number * 2 if value.number else None


class Loud(serializers.CharField):
    def to_representation(self, value: Any) -> str:
        return f"{value}{self.context['end']}"


class Inner(PresentedSerializer[Any]):
    word = serializers.CharField()


class Everything(PresentedSerializer[Any]):
    text = serializers.CharField()
    number = serializers.IntegerField()
    twice = Twice()
    is_so = serializers.BooleanField()
    choice = serializers.ChoiceField(choices=Rsvp.Status.choices)
    of_numbers = serializers.ChoiceField(choices=[(1, "one"), (2, "two")])
    at = serializers.DateTimeField()
    at_in_utc = serializers.DateTimeField(source="at", default_timezone=dt.UTC)
    year = serializers.DateTimeField(source="at", format="%Y")
    on = serializers.DateField()
    met = serializers.DecimalField(max_digits=4, decimal_places=1)
    uuid = serializers.UUIDField()
    deep = serializers.CharField(source="inner.word", allow_null=True)
    missing = serializers.CharField(source="nowhere.word", default=None)
    left_out = serializers.CharField(required=False)
    called = serializers.CharField(source="call")
    inner = Inner()
    inners = Inner(many=True)
    loud = Loud(source="text")
    told = serializers.SerializerMethodField()
    secret = serializers.CharField(write_only=True)

    def get_told(self, row: Any) -> str:
        return f"told {row.text}"


def row(**other: Any) -> Any:
    inner = SimpleNamespace(word="moss")
    return SimpleNamespace(**{
        "text": "fern", "number": 3, "is_so": True, "choice": "going", "of_numbers": 1, "on": dt.date(2026, 3, 1),
        "at": dt.datetime(2026, 7, 1, 10, tzinfo=dt.UTC), "met": Decimal("3.5"), "uuid": UUID(int=5),
        "inner": inner, "inners": [inner], "nowhere": None, "call": lambda: "called", "secret": "s", **other,
    })  # fmt: skip


ROWS = [
    row(),
    row(text=5, number="7", is_so="true", choice="", of_numbers="2", at=None),
    row(text=None, number=0, is_so=None, choice=Rsvp.Status.MAYBE, of_numbers=9, inner=None, on="2026-03-01"),
    row(choice="unknown", at=dt.datetime(2026, 7, 1, 10), is_so=0, left_out="here"),  # noqa: DTZ001
]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
@pytest.mark.parametrize("one", ROWS)
def test_the_plan_shows_what_the_framework_shows(one: Any, zone: str) -> None:
    usual, planned = (Everything(context={"end": "!"}) for _ in range(2))
    with timezone.override(zone):
        expected = serializers.Serializer.to_representation(usual, one)
        assert list(Shown(planned).of(one).items()) == list(expected.items())
        assert planned.to_representation(one) == expected
    assert "fields" not in planned.__dict__


def test_what_is_lacking_is_an_error_as_ever() -> None:
    lacks = row()
    del lacks.number
    with pytest.raises(AttributeError, match="Got AttributeError when attempting to get a value for field `number`"):
        Everything(context={"end": ""}).to_representation(lacks)


def test_fields_that_somebody_changed_are_heeded() -> None:
    changed = Everything(context={"end": ""})
    changed.fields.pop("text")
    assert "text" not in changed.to_representation(row())
