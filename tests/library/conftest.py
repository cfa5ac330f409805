"""The library as the content files have it, loaded once a module; every test's changes are undone."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from library.services.content import load_library


@pytest.fixture(scope="module")
def loaded_library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_library()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def library(loaded_library: None, db: None) -> None:
    """Everything that `load_content` brings."""
