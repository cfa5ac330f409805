"""No page and no answer asks the database more because there is more to show."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from groups.models.memberships import MembershipQuerySet
from tests.access.doors import Door, doors
from tests.access.routes import document, routes
from tests.access.visits import Visitors
from tests.kit.more import growing_models, make_more

OF_KINDS = {  # one line for each kind of message that there is, however many came
    "/api/v1/me/messages/settings/",
    "/api/v1/me/messages/pace/",
}
NOTES_WHAT_IS_NEW = "/api/v1/changes/"  # what it tells for the first time it writes down
OF_THE_VISIT = ("SAVEPOINT", "ROLLBACK", "RELEASE")  # each is taken back
MOST_QUERIES = 5  # the session and the person among them
STAFF_LISTS = re.compile(r"^/admin/\w+/\w+/$")


def all_doors(visitors: Visitors) -> list[Door]:
    """Return every address to read, and the lists of the admin."""
    return [
        door
        for route in routes()
        if "GET" in route.methods and (not route.is_admin or STAFF_LISTS.match(route.pattern))
        for door in doors(route, visitors.world)
    ]


def api_lists() -> set[str]:
    """Return the addresses that the API document describes as lists, those below one object aside."""
    answers = {
        path: str(operations["get"]["responses"]["200"]["content"]["application/json"]["schema"])
        for path, operations in document().items()
        if "get" in operations and "<" not in path
    }
    return {path for path, schema in answers.items() if "'array'" in schema or "/Paginated" in schema}


def read(visitors: Visitors, door: Door) -> tuple[int, int]:
    """Return how many queries an answer takes, and how many rows it lists (of the API)."""
    reset_queries()  # the log holds nine thousand, and a full one counts no more
    with CaptureQueriesContext(connection) as queries:
        answer = visitors.knock(door, "GET", "superuser" if door.path.startswith("/admin/") else "member")
    if door.route not in api_lists():
        return len(queries), 0
    found = answer.json()
    return len(queries), len(found["results"] if isinstance(found, dict) and "results" in found else found)


type Counts = dict[str, tuple[int, int]]


def before_and_after(visitors: Visitors, asked: list[Door]) -> tuple[Counts, Counts]:
    """Return path → (queries, rows) as it is, and after there is more of everything."""
    for door in asked:  # what is looked up once a process is known then
        read(visitors, door)
    before = {door.path: read(visitors, door) for door in asked}
    make_more()
    for door in asked:
        if door.route == NOTES_WHAT_IS_NEW:
            read(visitors, door)
    return before, {door.path: read(visitors, door) for door in asked}


def asking_more(before: Counts, after: Counts) -> set[str]:
    return {path for path in after if after[path][0] != before[path][0]}


def test_no_list_asks_more_for_more_rows(visitors: Visitors) -> None:
    EmailAddress.objects.create(user=visitors.world.cast.member, email="member@people.example", verified=True)

    before, after = before_and_after(visitors, all_doors(visitors))

    assert asking_more(before, after) == set()
    short = {path for path in api_lists() if after[path][1] < before[path][1] + 2}
    assert short == OF_KINDS, "lists that did not get longer: give tests/kit/more.py what they list"
    assert {m.__name__ for m in growing_models() if m._base_manager.count() < 3} == set()


def test_a_list_of_the_api_asks_five_times_at_most(visitors: Visitors) -> None:
    lists = [door for door in all_doors(visitors) if door.route in api_lists()]
    for door in lists:
        read(visitors, door)

    asked = {}
    for door in lists:
        with CaptureQueriesContext(connection) as queries:
            visitors.knock(door, "GET", "member")
        asked[door.route] = sum(not query["sql"].startswith(OF_THE_VISIT) for query in queries)

    assert set(asked) == api_lists()
    assert {route: number for route, number in asked.items() if number > MOST_QUERIES} == {}


def test_control_a_row_that_asks_for_its_person_is_found(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MembershipQuerySet, "select_related", lambda self, *_: self)
    page = [door for door in all_doors(visitors) if door.route == "/groups/<slug>/" and door.about == "public"]

    assert asking_more(*before_and_after(visitors, page)) == {page[0].path}
