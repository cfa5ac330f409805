"""Every route, every method, every kind of person: the answer stands in one table."""

import os

import pytest

from tests.access import table
from tests.access.routes import Route, document_methods, patterns, routes
from tests.access.visits import KINDS, answer, doors
from tests.kit.world import World

ROUTES = list(routes())
EXPECTED = table.read()
RECORDING = bool(os.environ.get("RECORD_ACCESS"))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_everybody_gets_the_answer_of_the_table(world: World, route: Route) -> None:
    found: table.Table = {}
    for door in doors(route, world):
        for method in route.methods:
            found[door.route, door.about, method] = [answer(door, method, kind, world) for kind in KINDS]
    if RECORDING:
        table.write(table.read() | found)
        return
    assert found == {key: EXPECTED.get(key, "not in the table") for key in found}


def test_the_table_has_no_route_that_is_gone() -> None:
    assert {key[0] for key in EXPECTED} <= {route.pattern for route in ROUTES}


def test_every_documented_path_is_a_route() -> None:
    assert set(document_methods()) <= set(patterns())


def test_nobody_gets_a_server_error() -> None:
    assert {key: answers for key, answers in EXPECTED.items() if any(a.startswith("5") for a in answers)} == {}
