"""Promise A1: taking any one permission away turns the table red.

Every guard of the site is found, taken away alone, and the lines it could change are asked again.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from rules.permissions import permissions

from core.visibility import OwnQuerySet, PublicQuerySet, VisibilityQuerySet
from tests.access import table
from tests.access.doors import Door, doors
from tests.access.routes import API, Route, routes
from tests.access.visits import KINDS, Visitors, in_a_word
from tests.kit.more import ROOMS

pytestmark = pytest.mark.once  # asks what the table notices, which is the same on every database

EXPECTED = table.read()
ROUTES = list(routes())
PAGES = [route for route in ROUTES if not route.is_admin]

# A second lock behind the doorway: without the rule these rows are still seen by nobody else.
BEHIND_THE_DOORWAY = {
    "plans.follow_plantemplate", "plans.stop_enrollment", "plans.change_sessionlog", "plans.delete_sessionlog",
    "plans.delete_beginning", "plans.delete_checkin", "plans.change_enrollment", "plans.turn_enrollment",
    "plans.move_day", "plans.end_pause",
}  # fmt: skip
# What they hold comes by way of another row, which is asked for as its reader; no page lists them by themselves.
BY_WAY_OF_ANOTHER = {
    "Cue", "MoodRating", "Delivery", "Week", "Session", "Contraindication", "StaffRole", "Block", "Revision",
    "SearchDocument", "SearchPosting", "DayChange", "Turn", "Reflection", "Readiness", "Appeal", "ActionLog",
    "BuddyWord", "Contribution", "GoalShare", "GroupPlanShare", "GoneLog", "StoreWord",
    "Cheer",  # shown beside a post that is seen
    "SyncClock", "SyncEntry",  # what they name is asked for by itself
    "Line", "Tick",  # operators' own, and nobody's data
    "AccountSession", "AnswerLink", "KeptReply",  # found by a secret or a key that only their person has
}  # fmt: skip
BEHIND_IT = {"Notification": "Delivery"}  # a receipt is both, and each is asked for as its reader
# Where a room's rows are read, if not under its name.
ADDRESSES = {"notifications": "messages", "accounts": "groups", "moderation": "me"}
CALLED = {"Rsvp": "Answers", "User": "People", "Pace": "Settings", "Mark": "Mine"}  # in addresses
REFUSED, HIDDEN = frozenset({"403", "302!"}), frozenset({"404"})
ADMIN_ACTS = {"view": "", "add": "add/", "change": "<object_id>/change/", "delete": "<object_id>/delete/"}


def yes(*_: object, **__: object) -> bool:
    return True


def no_questions(_view: object) -> list[object]:
    return []


def everything(rows: VisibilityQuerySet[Any], _viewer: object) -> VisibilityQuerySet[Any]:
    return rows.all()


def is_noticed(
    visitors: Visitors,
    asked: list[Route],
    kinds: list[str] = KINDS,
    expected: table.Table = EXPECTED,
    *,
    closed: frozenset[str] = REFUSED,
    named: str = "",
    near: frozenset[str] = frozenset(),
) -> bool:
    """Whether any answer differs from the table, or tells a secret.

    A guard that is gone lets in who was turned away, so the doors that were `closed` are tried first, the stranger
    before the others; before all these whose address has a word of `named`, then what a stranger finds at the routes
    `near` where the rows are read. All are tried if none tells.
    """
    words = [word.lower() for word in re.findall("[A-Z][a-z]+", named)]
    visits = [
        (door, method, kind, expected[door.route, door.about, method][KINDS.index(kind)])
        for route in dict.fromkeys(asked)
        for door in doors(route, visitors.world)
        for method in route.methods
        for kind in kinds
    ]

    def unlikely(visit: tuple[Door, str, str, str]) -> tuple[bool, ...]:
        door, _method, kind, wanted = visit
        is_far = kind != "stranger" or door.route not in near
        return not any(word in door.route for word in words), is_far, wanted not in closed, kind != "stranger"

    for door, method, kind, wanted in sorted(visits, key=unlikely):
        answer = visitors.knock(door, method, kind)
        if in_a_word(answer) != wanted or visitors.leaks(door, kind, answer):
            return True
    return False


# The API -----------------------------------------------------------------------------------------
GUARDED_API = [
    Route(route.pattern, (method,), route.view)
    for route in ROUTES
    if API.match(route.pattern)
    for method in route.methods
    if any(key[0] == route.pattern and key[2] == method and line[0] == "401" for key, line in EXPECTED.items())
]


@pytest.mark.parametrize("route", GUARDED_API, ids=lambda route: f"{route.methods[0]} {route.pattern}")
def test_api_permission(visitors: Visitors, monkeypatch: pytest.MonkeyPatch, route: Route) -> None:
    monkeypatch.setattr(route.view.cls, "get_permissions", no_questions)  # type: ignore[attr-defined]
    assert is_noticed(visitors, [route], ["anonymous"])


# Pages -------------------------------------------------------------------------------------------
def sign_in_tests(view: Callable[..., Any]) -> Iterator[Any]:
    """Yield the cells in which `login_required` and its like keep their question, outermost first."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and "test_func" in code.co_freevars:
            yield view.__closure__[code.co_freevars.index("test_func")]  # type: ignore[index]
        view = getattr(view, "__wrapped__", None)  # type: ignore[assignment]


GUARDED_PAGES = [route for route in PAGES if any(sign_in_tests(route.view))]


@pytest.mark.parametrize("route", GUARDED_PAGES, ids=lambda route: route.pattern)
def test_page_behind_sign_in(visitors: Visitors, route: Route) -> None:
    cells = [(cell, cell.cell_contents) for cell in sign_in_tests(route.view)]
    try:
        for cell, _question in cells:
            cell.cell_contents = yes
        assert is_noticed(visitors, [route], ["anonymous"])
    finally:
        for cell, question in cells:
            cell.cell_contents = question


def test_every_page_that_asks_for_sign_in_is_among_them() -> None:
    asking = {key[0] for key, line in EXPECTED.items() if line[0] == "login" and line[1] != "login"}
    ours = {pattern for pattern in asking if re.match(r"^/(groups|library|plans|me|messages)/", pattern)}
    assert ours == {route.pattern for route in GUARDED_PAGES if not route.pattern.startswith("/account/")}


# Rules -------------------------------------------------------------------------------------------
def of_room(name: str) -> list[Route]:
    """Return the routes of an app, those of its pages first."""
    return [route for route in PAGES if route.pattern.startswith(f"/{ADDRESSES.get(name, name)}/")]


@pytest.mark.parametrize("name", sorted(permissions))
def test_rule(visitors: Visitors, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    asked = of_room(name.partition(".")[0])
    expected = EXPECTED
    if name in BEHIND_THE_DOORWAY:
        monkeypatch.setattr(OwnQuerySet, "_visible_to", everything)
        _open(monkeypatch, "PlanTemplate")
        asked = [route for route in asked if "<" in route.pattern]
        expected = _answers_behind_the_doorway(visitors, tuple(asked))
    always = permissions[name] | ~permissions[name]
    monkeypatch.setitem(permissions, name, always)
    assert is_noticed(visitors, asked, expected=expected, named=name.partition(".")[2].title())


@cache
def _answers_behind_the_doorway(visitors: Visitors, asked: tuple[Route, ...]) -> table.Table:
    """Return what is answered while every rule stands and the doorway is open: the same for each of these rules."""
    return {
        (door.route, door.about, method): [in_a_word(visitors.knock(door, method, kind)) for kind in KINDS]
        for route in asked
        for door in doors(route, visitors.world)
        for method in route.methods
    }


# The doorway -------------------------------------------------------------------------------------
def hidden_rows() -> list[str]:
    """Return the models whose rows are not everybody's."""
    managers = {model.__name__: type(model._default_manager.all()) for model in apps.get_models()}
    return sorted(
        name
        for name, rows in managers.items()
        if issubclass(rows, VisibilityQuerySet) and not issubclass(rows, PublicQuerySet) and "." not in name
        if name not in BY_WAY_OF_ANOTHER
    )


def _open(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    [model] = [m for m in apps.get_models() if m.__name__ == name and hasattr(m._default_manager, "visible_to")]
    rows = next(c for c in type(model._default_manager.all()).__mro__ if c.__module__.split(".")[0] in ROOMS)
    monkeypatch.setattr(rows, "_visible_to", everything)


@pytest.mark.parametrize("name", hidden_rows())
def test_doorway(visitors: Visitors, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for opened in {name, BEHIND_IT.get(name, name)}:
        _open(monkeypatch, opened)
    room = of_room(next(m._meta.app_label for m in apps.get_models() if m.__name__ == name))
    asked = [*room, *[route for route in PAGES if API.match(route.pattern)], *PAGES]
    near = frozenset(route.pattern for route in room)
    assert is_noticed(visitors, asked, closed=HIDDEN, named=CALLED.get(name, name), near=near)


# The admin ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda m: m._meta.label), ids=lambda m: m.__name__)
def test_admin_permissions(visitors: Visitors, monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"  # type: ignore[attr-defined]
    by_pattern = {route.pattern: route for route in ROUTES}
    for act, ending in ADMIN_ACTS.items():
        with monkeypatch.context() as patch:
            for granted in {act, "change"} if act == "add" else {act}:  # people are added by who may also change them
                patch.setattr(admin.site._registry[model], f"has_{granted}_permission", yes)
            assert is_noticed(visitors, [by_pattern[base + ending]], ["staff"]), act


def test_admin_door(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin.site, "has_permission", yes)
    assert is_noticed(visitors, [route for route in ROUTES if route.pattern == "/admin/"], ["stranger"])
