"""The statement that reads everything, put together once a day and not for every request.

Fifty rules of visibility make forty kilobytes of SQL, and putting those together takes longer than they take to run.
For members it differs in one value, who is asking. So it is made for a person of whom nothing is known but that they
are signed in and no staff: a rule that asks for more of them fails, and is never answered with somebody else's answer.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BigIntegerField, F, QuerySet, TextField, Value
from django.db.models.fetch_modes import FETCH_RAISE
from django.db.models.functions import Cast

from accounts.models import SyncClock, SyncEntry, User
from mindmove.sync.kinds import KINDS

type Row = tuple[str, str, str, int]
type Statement = tuple[str, tuple[Any, ...]]

COLUMNS = ("sync_kind", "sync_key", "sync_version", "sync_position")
NOT_TOLD = 0  # the position of what is there; what was told has one of its own
OF_CLOCK = ""  # the kind of the clock's own row
WHOEVER = -20_261_126  # the key of the person for whom the statement is made; no row has it


def rows_of(person: User, today: date) -> Iterator[Row]:
    """Return kind, key, version and position of all there is, of all that was told, and of the clock: one query."""
    sql, parameters = statement_of(person, today) if person.is_staff else _kept(connection.vendor, today)
    mine = [person.pk if type(value) is int and value == WHOEVER else value for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, mine)
        yield from cursor.fetchall()


def statement_of(person: User, today: date) -> Statement:
    """Return the statement for one person, made anew."""
    here = Value(NOT_TOLD, output_field=BigIntegerField())
    kinds = [
        # Past the library of translations, which puts columns in an order of its own.
        QuerySet.values_list(kind.versions(person, today).annotate(sync_position=here), *COLUMNS)
        for kind in KINDS.values()
    ]
    everything = _clock(person).union(_entries(person), *kinds, all=True)
    sql, parameters = everything.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(parameters)


@lru_cache(maxsize=2)
def _kept(_vendor: str, today: date) -> Statement:
    known = {"id": WHOEVER, "is_staff": False}
    names = [field.attname for field in User._meta.concrete_fields if field.attname in known]  # noqa: SLF001
    somebody = User.from_db(DEFAULT_DB_ALIAS, names, [known[name] for name in names], fetch_mode=FETCH_RAISE)
    return statement_of(somebody, today)


def _clock(person: User) -> QuerySet[SyncClock, Row]:
    return (
        SyncClock.objects.visible_to(person)
        .annotate(
            sync_kind=Value(OF_CLOCK, output_field=TextField()),
            sync_key=Cast("epoch", TextField()),
            sync_version=Cast("pruned_position", TextField()),
            sync_position=F("position"),
        )
        .values_list(*COLUMNS)
    )


def _entries(person: User) -> QuerySet[SyncEntry, Row]:
    return (
        SyncEntry.objects.visible_to(person)
        .annotate(
            sync_kind=Cast("kind", TextField()),
            sync_key=Cast("key", TextField()),
            sync_version=Cast("version", TextField()),
            sync_position=F("position"),
        )
        .values_list(*COLUMNS)
    )
