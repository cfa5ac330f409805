"""Every route, every method, every kind of person: the answer stands in one table."""

import os

import pytest

from tests.access import table
from tests.access.doors import doors
from tests.access.routes import Route, document_methods, routes, views
from tests.access.visits import KINDS, Visitors, in_a_word

ROUTES = list(routes())
EXPECTED = table.read()
RECORDING = bool(os.environ.get("RECORD_ACCESS"))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_everybody_gets_the_answer_of_the_table_and_reads_nothing_hidden(visitors: Visitors, route: Route) -> None:
    found: table.Table = {}
    told: dict[tuple[str, ...], set[str]] = {}
    for door in doors(route, visitors.world):
        for method in route.methods:
            answers = {kind: visitors.knock(door, method, kind) for kind in KINDS}
            found[door.route, door.about, method] = [in_a_word(answer) for answer in answers.values()]
            for kind, answer in answers.items():
                if leaks := visitors.leaks(door, kind, answer):
                    told[door.route, door.about, method, kind] = leaks
    assert told == {}
    if RECORDING:
        table.write(table.read() | found)
        return
    assert found == {key: EXPECTED.get(key, "not in the table") for key in found}


def test_the_table_has_no_line_of_what_is_gone() -> None:
    assert {key[0] for key in EXPECTED} <= {route.pattern for route in ROUTES}


def test_every_documented_path_is_a_route() -> None:
    assert set(document_methods()) <= set(views())


def test_nobody_gets_a_server_error() -> None:
    assert {key: answers for key, answers in EXPECTED.items() if any(a.startswith("5") for a in answers)} == {}
