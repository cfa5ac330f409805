"""The table of expected answers: `table.csv`, one line per route, object and method, one column per person.

After a deliberate change, `RECORD_ACCESS=1 make test PYTEST_ARGS=tests/access` writes what is answered now;
read the difference line by line before you commit it.
"""

import csv
from pathlib import Path

from tests.access.visits import KINDS

PATH = Path(__file__).with_name("table.csv")
HEAD = ["route", "object", "method", *KINDS]
type Key = tuple[str, str, str]
type Table = dict[Key, list[str]]


def read() -> Table:
    """Return (route, object, method) → the expected answers in the order of KINDS."""
    if not PATH.exists():
        return {}
    with PATH.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == HEAD
    return {(row[0], row[1], row[2]): row[3:] for row in rows[1:]}


def write(table: Table) -> None:
    with PATH.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows([*key, *answers] for key, answers in sorted(table.items()))
