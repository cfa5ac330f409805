"""Fixtures that every test may use."""

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from library.services.content import load_library
from plans.services.content import load_plans
from tests.kit.cast import Cast, make_cast
from tests.kit.flushing import only_what_holds_rows
from tests.kit.fresh_database import start_from_copy
from tests.kit.services import knows_no_service
from tests.kit.world import World, make_world

# Time is measured in bench/, and a busy machine is no fault of an example.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)  # a Tuesday, 10:00 in Berlin


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Row locks exist on PostgreSQL only; there the marked tests always run."""
    skip = pytest.mark.skip(reason="needs row locks (PostgreSQL)")
    for item in items:
        if connection.vendor != "postgresql" and "locks" in item.keywords:
            item.add_marker(skip)
        if knows_no_service(item):
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what lives as long as the process; it went through it time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        start_from_copy()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is; it lies among what the process throws away."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def _flushing() -> Iterator[None]:
    with only_what_holds_rows():
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Freeze the clock at NOW."""
    with clock.frozen_at(NOW):
        yield NOW


@pytest.fixture
def as_person() -> Callable[[User | None], Client]:
    """Return a browser signed in as the person (None: a visitor)."""

    def sign_in(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def api_as() -> Callable[[User | None], APIClient]:
    """Return an API client that acts as the person (None: nobody)."""

    def sign_in(person: User | None) -> APIClient:
        client = APIClient()
        if person is not None:
            client.force_authenticate(person)
        return client

    return sign_in


@pytest.fixture(scope="module")
def loaded_content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the real content once a module; it is undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        load_plans()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def content(loaded_content: None, db: None) -> None:
    """Everything that `load_content` brings; what a test changes in it is undone after the test."""


@pytest.fixture
def world(db: None) -> World:
    """Return a community with one of everything, its events two days from now."""
    return make_world(clock.now())
