"""Writing rows that are new and rows that have changed in one statement: their public address says which is which."""

from collections.abc import Collection, Sequence
from copy import copy

from core.models import Addressed


def put[M: Addressed](rows: Sequence[M], *, changing: Collection[str]) -> None:
    """Insert the rows that have no key yet, and write the fields `changing` of those that have one.

    The caller has locked the latter, so they are there. Rows are written in the order in which they stand here. A field
    of a unique index among `changing` keeps others from pointing to a row meanwhile, whether it changes or not.
    """
    if rows:
        found = [_to_be_found(row) for row in rows]
        type(rows[0])._default_manager.bulk_create(  # noqa: SLF001 - documented API
            found, update_conflicts=True, update_fields=changing, unique_fields=["uuid"]
        )


def _to_be_found[M: Addressed](row: M) -> M:
    """Return a row without a key, or Django writes those that have one in a statement of their own."""
    if row.pk is None:
        return row
    twin = copy(row)
    twin.pk = None
    return twin
