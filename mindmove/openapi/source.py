"""Our own source, read and not run: what a name stands for at a place, be it in another module."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from core.catalog import PACKAGES, ROOT

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    name: str
    tree: ast.Module

    @cached_property
    def names(self) -> dict[str, ast.AST]:
        """What stands under each name of the module."""
        found: dict[str, ast.AST] = dict(_assigned(self.tree.body))
        return found | {
            node.name: node
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """Where each name comes from that is imported, within functions too: module and name."""
        return {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }


@cache
def modules() -> dict[str, Module]:
    """Return our modules by name, without migrations."""
    found = {}
    for room in PACKAGES:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                found[name] = Module(name, ast.parse(path.read_text()))
    return found


@dataclass(frozen=True, eq=False)
class Place:
    """Where something is said: the module, and the class, the function and the line in it."""

    module: Module
    function: Function | None = None
    parent: ast.ClassDef | None = None
    line: int = 0

    @property
    def parameters(self) -> list[str]:
        return [one.arg for one in self.function.args.args] if self.function else []

    def find(self, name: str) -> tuple[ast.AST, Place] | None:
        """Return what was last put under the name here, or what it stands for in the module, or where it is from."""
        if self.function is not None:
            before = [value for value in _assigned_in(self.function).get(name, []) if value.lineno < self.line]
            if before:
                last = max(before, key=lambda value: value.lineno)
                return last, replace(self, line=last.lineno)
        return None if name in self.parameters else _find(self.module, name)

    def inside(self, function: Function) -> Place:
        return replace(self, function=function, line=(function.end_lineno or 0) + 1)


@cache
def _assigned_in(function: Function) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for name, value in _assigned(ast.walk(function)):
        found.setdefault(name, []).append(value)
    return found


def _find(module: Module, name: str) -> tuple[ast.AST, Place] | None:
    if name in module.names:
        return module.names[name], Place(module)
    source, original = module.imported.get(name, ("", ""))
    if f"{source}.{original}" in modules():
        found = modules()[f"{source}.{original}"]
        return found.tree, Place(found)
    return _find(modules()[source], original) if source in modules() else None


def _assigned(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def calls(module: Module) -> Iterator[tuple[ast.Call, Place]]:
    """Yield every call of the module, and where it stands."""
    yield from _calls(module.tree, Place(module))


def _calls(node: ast.AST, place: Place) -> Iterator[tuple[ast.Call, Place]]:
    if isinstance(node, ast.ClassDef):
        place = replace(place, parent=node)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        place = replace(place, function=node)
    if isinstance(node, ast.Call):
        yield node, replace(place, line=node.lineno)
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, place)
