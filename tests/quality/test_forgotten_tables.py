"""Tables that no model knows any more do not get in the way of the rows that are there."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_no_table_without_a_model_holds_on_to_rows_of_one_that_has() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection
        forgotten = set(tables.table_names(cursor)) - set(tables.django_table_names())

        held = {table: tables.get_relations(cursor, table) for table in forgotten}

    assert held, "the walk looks at something"
    assert {table: relations for table, relations in held.items() if relations} == {}
