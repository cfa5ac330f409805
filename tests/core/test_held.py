"""A row that was locked when it was looked up is not read again; whatever else a service is handed is."""

from datetime import datetime

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from core.held import hold, holding, was_held
from groups.models import Event
from groups.services.rsvps import lock_event
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now)


def test_what_was_held_is_handed_over_as_it_is(event: Event, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with holding():
        found = hold(Event.objects.select_for_update().get(pk=event.pk))
        with django_assert_num_queries(0):
            assert lock_event(found) is found


def test_only_once_for_then_it_may_be_changed(event: Event) -> None:
    with holding():
        found = hold(Event.objects.select_for_update().get(pk=event.pk))
        lock_event(found).title = "Not written down"
        assert lock_event(found).title == event.title


def test_another_object_of_the_same_row_is_read_anew(event: Event) -> None:
    with holding():
        found = hold(Event.objects.select_for_update().get(pk=event.pk))
        assert lock_event(event) is not event
        assert lock_event(found) is found


def test_with_the_transaction_it_ends(event: Event) -> None:
    with holding():
        found = hold(Event.objects.select_for_update().get(pk=event.pk))
    with transaction.atomic():
        assert lock_event(found) is not found
    with holding():
        assert not was_held(found)


def test_one_within_another_knows_its_own_alone(event: Event) -> None:
    with holding():
        found = hold(Event.objects.select_for_update().get(pk=event.pk))
        with holding():
            assert not was_held(found)
        assert was_held(found)


def test_nothing_is_held_without_a_transaction_for_it(event: Event) -> None:
    with pytest.raises(LookupError):
        hold(event)
