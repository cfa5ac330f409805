"""One world for all the walks of a module: each answer is undone, so the next walk finds it as it was.

There no time goes by: no walk is overtaken by midnight, at which other things are offered than a minute before.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from core import clock
from library.services.marks import put_mark
from tests.access.visits import Visitors
from tests.kit.world import make_world


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visitors]:
    with django_db_blocker.unblock(), transaction.atomic(), clock.frozen_at(clock.now()):
        visitors = Visitors(make_world(clock.now()))
        put_mark(person=visitors.world.cast.member, page=visitors.world.need, sense="bookmark", now=clock.now())
        assert visitors.sessions
        yield visitors
        transaction.set_rollback(True)


@pytest.fixture
def visitors(standing_world: Visitors, db: None) -> Visitors:
    return standing_world
