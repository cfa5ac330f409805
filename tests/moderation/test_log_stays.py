"""Nobody changes the log of acts: not through the admin, the ORM or raw SQL, on either database."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from moderation.models import ActionLog
from tests.kit.cast import Cast
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db
TABLE = ActionLog._meta.db_table


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


WAYS = {
    "orm update": lambda: ActionLog.objects.update(act="nothing to see"),
    "orm save": lambda: _saved(ActionLog.objects.get()),
    "orm bulk_update": lambda: ActionLog.objects.bulk_update([_renamed(ActionLog.objects.get())], ["act"]),
    "orm delete": lambda: ActionLog.objects.all().delete(),
    "orm delete one": lambda: ActionLog.objects.get().delete(),
    "sql update": lambda: raw(f"UPDATE {TABLE} SET act = 'nothing to see'"),
    "sql delete": lambda: raw(f"DELETE FROM {TABLE}"),
}


def _renamed(line: ActionLog) -> ActionLog:
    line.act = "nothing to see"
    return line


def _saved(line: ActionLog) -> None:
    _renamed(line).save()


@pytest.mark.parametrize("way", WAYS)
def test_the_database_refuses(case: Case, way: str) -> None:
    case.report()
    before = ActionLog.objects.values().get()
    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        WAYS[way]()
    assert ActionLog.objects.values().get() == before


def test_control_without_the_trigger_it_would_be_changed(case: Case) -> None:
    case.report()
    if connection.vendor == "postgresql":
        raw(f"ALTER TABLE {TABLE} DISABLE TRIGGER moderation_log_stays")
    else:
        raw("DROP TRIGGER moderation_log_no_update")
    WAYS["sql update"]()
    assert ActionLog.objects.get().act == "nothing to see"


def test_the_admin_offers_no_way(case: Case, cast: Cast, as_person) -> None:
    case.report()
    line, client = ActionLog.objects.get(), as_person(cast.superuser)
    change = reverse("admin:moderation_actionlog_change", args=[line.pk])
    assert client.get(reverse("admin:moderation_actionlog_changelist")).status_code == 200
    assert client.get(change).status_code == 200
    assert client.post(change, {"act": "nothing to see"}).status_code == 403
    assert client.post(reverse("admin:moderation_actionlog_delete", args=[line.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:moderation_actionlog_add"), {"act": "x"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"}
    client.post(reverse("admin:moderation_actionlog_changelist"), chosen)
    assert ActionLog.objects.filter(pk=line.pk).exists()
