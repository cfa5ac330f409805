"""After a test with real transactions the tables are as `migrate` left them, whatever it wrote."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, transaction

from accounts.models import User
from moderation.models import ActionLog
from tests.kit.flushing import FEW, _rows

pytestmark = pytest.mark.django_db(transaction=True)


def people(count: int) -> None:
    User.objects.bulk_create(User(email=f"p{n}@people.example", password="!") for n in range(count))


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_rows_go_and_what_migrate_wrote_stays(count: int) -> None:
    people(count)
    kinds = set(ContentType.objects.values_list("pk", flat=True)), Permission.objects.count()

    call_command("flush", interactive=False, verbosity=0)

    assert not User.objects.exists()
    assert (set(ContentType.objects.values_list("pk", flat=True)), Permission.objects.count()) == kinds


def test_the_log_of_acts_goes_too_and_refuses_again_afterwards() -> None:
    ActionLog.objects.create(act="removed", about_kind="post", about_id=uuid4())

    call_command("flush", interactive=False, verbosity=0)

    assert not ActionLog.objects.exists()
    ActionLog.objects.create(act="removed", about_kind="post", about_id=uuid4())
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        ActionLog.objects.all().delete()


def test_only_what_holds_rows_is_found() -> None:
    people(2)

    assert _rows(["accounts_user", "moderation_actionlog"]) == {"accounts_user": 2}
