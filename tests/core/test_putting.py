"""Rows that are new and rows that have changed go to the database together."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.putting import put
from groups.models import Event
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def new(event: Event, **said: Any) -> Event:
    same = ("group", "title", "time_zone", "place", "setting", "effort", "starts_at", "ends_at")
    return Event(**{**{name: getattr(event, name) for name in same}, **said})


def test_all_is_written_in_one_statement(cast: Cast, now: datetime, django_assert_num_queries: Any) -> None:
    one, other, untouched = (make_event(cast.group, now, title=title) for title in ("One", "Other", "Untouched"))
    one.title, one.going_count, other.place = "First", 3, "Mill"
    third = new(one, title="Third", starts_at=now, ends_at=now + timedelta(hours=2))

    with django_assert_num_queries(1):
        put([one, third, other], changing=["title", "place"])

    assert third.pk is not None
    assert list(Event.objects.order_by("pk").values_list("pk", "title", "place", "going_count")) == [
        (one.pk, "First", "Rose garden", 0), (other.pk, "Other", "Mill", 0),
        (untouched.pk, "Untouched", "Rose garden", 0), (third.pk, "Third", "Rose garden", 0),
    ]  # fmt: skip
    assert (Event.objects.get(pk=third.pk).uuid, Event.objects.get(pk=one.pk).uuid) == (third.uuid, one.uuid)


def test_nothing_is_written_of_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        put([], changing=["title"])
