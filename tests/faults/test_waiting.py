"""What waits is seen to wait, though it came late; and what fails beside leaves the others their connections."""

from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from tests.faults.waiting import PATIENCE, beside, somebody_waits
from tests.kit.cast import make_person

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]


def lock(person: User) -> None:
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)


def lock_by_a_new_session(person: User) -> None:
    new: Any = connection.copy()
    new.settings_dict["OPTIONS"].pop("pool")
    with new.cursor() as cursor:
        cursor.execute("SELECT FROM accounts_user WHERE id = %s FOR UPDATE", [person.pk])
    new.close()


def test_a_session_that_is_opened_after_the_first_look_is_seen() -> None:
    person = make_person("ada")
    with transaction.atomic(), connection.cursor() as cursor:
        lock(person)
        cursor.execute("SELECT count(*) FROM pg_stat_activity")
        thread, locked = beside(lambda: lock_by_a_new_session(person))
        is_waiting = somebody_waits(thread)

    assert (is_waiting, locked.exception(PATIENCE)) == (True, None)


def test_an_act_that_does_not_wait_is_not_said_to() -> None:
    thread, locked = beside(lambda: lock(make_person("ada")))
    assert (somebody_waits(thread), locked.exception(PATIENCE)) == (False, None)


def test_acts_that_fail_give_their_connections_back() -> None:
    def fail() -> None:
        make_person("ada")
        raise LookupError

    for _ in range(connection.pool.max_size + 1):
        assert beside(fail)[1].exception(PATIENCE) is not None
    assert beside(User.objects.count)[1].result(PATIENCE) == 1
