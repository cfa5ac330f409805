"""The real content with its index, made once a module."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from library.services.content import load_library
from library.services.search_index import rebuild
from plans.services.content import load_plans


@pytest.fixture(scope="module")
def loaded_index(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        load_plans()
        rebuild()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def index(loaded_index: None, db: None) -> None:
    """Everything that `load_content` brings, index included; what a test changes is undone after it."""
