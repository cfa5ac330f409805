"""The errors that our source makes: code, status and words of each, as it says them itself.

An error is made by its class, by a class below it that says its code itself, by `problem` and `refusal`, or by a
function that is handed the code. Words stand where it is made, under a name, in a table whose keys are the codes, or in
what a function returns. What cannot be read that way is told too (`Unread`): a test holds it against what may be so.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mindmove.openapi.source import Module, Place, calls, modules

type Words = tuple[str, ...]  # one sentence, or what stands for one and for many

ROOTS = {"core.errors.DomainError": 409, "core.json_input.NotTaken": 400}
ANSWERS = {"core.problems.problem", "core.problems.refusal"}
GETTEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2}
DEEPEST = 8


@dataclass(frozen=True)
class Made:
    """How a call makes an error: its status, and the places of the code and the words among the arguments."""

    status: int
    code: int = 0
    words: int = 1


@dataclass(frozen=True)
class Raised:
    code: str
    status: int
    words: Words


@dataclass(frozen=True)
class Unread:
    where: str


@cache
def raised() -> frozenset[Raised | Unread]:
    """Return every error that is made anywhere in our source: read once, for it takes some seconds."""
    found: set[Raised | Unread] = set()
    for module in modules().values():
        for call, place in calls(module):
            if (made := made_by(call, place)) is not None:
                found.update(_said(call, made, place))
    return frozenset(found)


def made_by(call: ast.Call, place: Place) -> Made | None:
    """Return how the call makes an error, or None when it makes none that is not made within what it calls."""
    if made := _made_at_once(call, place):
        return made
    found = _called(call.func, place)
    return _handed(found[0], found[1].module) if found and isinstance(found[0], ast.FunctionDef) else None


def _made_at_once(call: ast.Call, place: Place) -> Made | None:
    """Return how the call makes an error by a class, by what is above its class, or by one of the ANSWERS."""
    if place.parent is not None and ast.unparse(call.func) == "super().__init__":
        status = None if _is_root(place.parent, place) else _status(place.parent, place)
        return Made(status) if status else None
    match _called(call.func, place):
        case ast.ClassDef() as kind, there:
            status = _status(kind, there)
            return Made(status) if status and not _makes_itself(kind, there) else None
        case (ast.FunctionDef() as function, there) if f"{there.module.name}.{function.name}" in ANSWERS:
            said = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else 0
            return Made(said if isinstance(said, int) else 0, 1, 2)
    return None


def _called(func: ast.AST, place: Place) -> tuple[ast.AST, Place] | None:
    """Return the class or function that is called, also as a part of a module, or with some of it said before."""
    match func:
        case ast.Name(name) if (found := place.find(name)) and isinstance(found[0], ast.Call):
            is_part = ast.unparse(found[0].func) == "partial"
            return _called(found[0].args[0], found[1]) if is_part else None
        case ast.Name(name):
            return place.find(name)
        case ast.Attribute(value=ast.Name(room), attr=name):
            found = place.find(room)
            return found[1].find(name) if found and isinstance(found[0], ast.Module) else None
    return None


def _status(kind: ast.ClassDef, there: Place) -> int | None:
    """Return the status of a class of errors; None of any other class."""
    if _is_root(kind, there):
        return ROOTS[f"{there.module.name}.{kind.name}"]
    bases = [there.find(base.id) for base in kind.bases if isinstance(base, ast.Name)]
    found = [_status(base[0], base[1]) for base in bases if base and isinstance(base[0], ast.ClassDef)]
    above = next((status for status in found if status), None)
    said = [line for line in kind.body if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "status"]
    return int(ast.unparse(said[0].value)) if above and said else above


def _is_root(kind: ast.ClassDef, there: Place) -> bool:
    return f"{there.module.name}.{kind.name}" in ROOTS


def _makes_itself(kind: ast.ClassDef, there: Place) -> bool:
    """Whether the class is told no code by who raises it, but says it in its own `__init__`."""
    has_own = any(isinstance(line, ast.FunctionDef) and line.name == "__init__" for line in kind.body)
    return has_own and not _is_root(kind, there)


@cache
def _handed(function: ast.FunctionDef, module: Module) -> Made | None:
    """Return how calling the function makes an error of the code and words that it is handed; else None."""
    inside = Place(module).inside(function)
    places = {name: at for at, name in enumerate(inside.parameters)}
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        made, given = _made_at_once(call, inside), [ast.unparse(one) for one in call.args]
        if made and len(given) > max(made.code, made.words) and {given[made.code], given[made.words]} <= places.keys():
            return Made(made.status, places[given[made.code]], places[given[made.words]])
    return None


def _said(call: ast.Call, made: Made, place: Place) -> Iterator[Raised | Unread]:
    if len(call.args) <= max(made.code, made.words) or not made.status:
        yield Unread(_where(place))
        return
    code, words = call.args[made.code], call.args[made.words]
    found = [Raised(known, made.status, text) for known, text in _pairs(code, words, place)]
    yield from found
    if not found and not (isinstance(code, ast.Name) and code.id in place.parameters):
        yield Unread(_where(place))


def _where(place: Place) -> str:
    names = [place.module.name, *([place.parent.name] if place.parent else [])]
    return ".".join([*names, *([place.function.name] if place.function else [])])


def _pairs(code: ast.expr, words: ast.expr, place: Place) -> Iterator[tuple[str, Words]]:
    """Yield each code with each of its words; of a table with the words that stand beside the code."""
    if isinstance(words, ast.Subscript) and not isinstance(words.slice, ast.Constant):
        for key, value, there in _rows(words.value, place):
            yield from ((f"{_start(code)}{key}", text) for text in texts(value, there))
        return
    for known in _codes(code, place):
        yield from ((known, text) for text in texts(words, place))


def _start(code: ast.expr) -> str:
    """Return what stands before the key of a table in its code: `f"rule_{…}"`."""
    parts = code.values[:1] if isinstance(code, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def _rows(table: ast.expr, place: Place) -> Iterator[tuple[str, ast.expr, Place]]:
    found = place.find(table.id) if isinstance(table, ast.Name) else None
    if found and isinstance(found[0], ast.Dict):
        for key, value in zip(found[0].keys, found[0].values, strict=True):
            if isinstance(key, ast.Constant):
                yield str(key.value), value, found[1]


def _codes(node: ast.AST, place: Place) -> Iterator[str]:
    match node:
        case ast.Constant(str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from _codes(one, place)
            yield from _codes(other, place)
        case ast.Name(name) if found := place.find(name):
            yield from _codes(*found)


def texts(node: ast.AST, place: Place, depth: int = 0) -> Iterator[Words]:
    """Yield what `_("…")` says, also where values are put into it, a name stands for it or a function returns it."""
    name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
    if isinstance(node, ast.Call) and name in GETTEXT:
        said = tuple(str(one.value) for one in node.args[: GETTEXT[name]] if isinstance(one, ast.Constant))
        yield from [said] if said else []
    elif depth < DEEPEST:
        for part, there in _behind(node, place):
            yield from texts(part, there, depth + 1)


def _behind(node: ast.AST, place: Place) -> list[tuple[ast.AST, Place]]:
    """Return what the node takes its words from, and where that stands."""
    match node:
        case ast.Call(func=ast.Name("str"), args=[inner]) | ast.BinOp(left=inner, op=ast.Mod()):
            return [(inner, place)]
        case ast.IfExp(body=one, orelse=other):
            return [(one, place), (other, place)]
        case ast.Call(func=func) if (found := _called(func, place)) and isinstance(found[0], ast.FunctionDef):
            inside = found[1].inside(found[0])
            return [(one.value, inside) for one in ast.walk(found[0]) if isinstance(one, ast.Return) and one.value]
        case ast.Name(name) if found := place.find(name):
            return [found]
        case ast.Attribute() if found := _called(node, place):
            return [found]
    return []
