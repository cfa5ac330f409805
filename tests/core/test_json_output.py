"""The API's JSON says what the framework's renderer would say."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.serializer_helpers import ReturnDict

from core.json_output import JSONOutput
from groups.models import Rsvp

BERLIN = dt.timezone(dt.timedelta(hours=2))
SAID: list[Any] = [
    None,
    {"text": 'Grüße, 步行 "so" \\ / <b>&</b>', "signs": "\u2028\u2029\x00\x1f\x7f\t\n"},
    [1, -1, 2**40, 0.1, 12.5, True, False, None],
    {"at": dt.datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)},
    {"at": dt.datetime(2026, 3, 1, 12, 30, tzinfo=BERLIN), "naive": dt.datetime(2026, 3, 1)},  # noqa: DTZ001
    {"on": dt.date(2026, 3, 1), "time": dt.time(7, 5), "long": dt.timedelta(hours=1)},
    {"decimal": Decimal("7.50"), "uuid": UUID(int=7), "lazy": gettext_lazy("Not found."), "safe": mark_safe("<p>")},
    {"choice": Rsvp.Status.GOING, "tuple": (1, 2), "set": {1}, "bytes": b"moss"},
    {1: "a number as a key", "large": 2**70},
    ReturnDict({"a": 1}, serializer=None),
]


@pytest.mark.parametrize("said", SAID)
def test_it_says_what_the_framework_says(said: Any) -> None:
    assert JSONOutput().render(said) == JSONRenderer().render(said)


def test_who_asks_for_lines_gets_lines() -> None:
    wanted = "application/json; indent=2"
    assert JSONOutput().render({"a": [1]}, wanted, {}) == JSONRenderer().render({"a": [1]}, wanted, {})


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        JSONOutput().render({"a": object()})


def test_numbers_read_as_they_were_written() -> None:
    numbers = [1e16, 1e-7, 1.7976931348623157e308, 5e-324, 123456789.123456789]
    assert json.loads(JSONOutput().render(numbers)) == numbers
