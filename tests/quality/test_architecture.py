"""The one pattern, checked on the source itself. Layers are checked by import-linter."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from core.visibility import VisibilityQuerySet
from tests.kit.source import PACKAGES, ROOT, python_files

FRONT_DOORS = [p for p in python_files() if p.stem.startswith("views") or {"api", "views"} & set(p.parts)]
OUR_MODELS = [m for m in apps.get_models() if m.__module__.split(".")[0] in PACKAGES]


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m.__name__)
def test_every_model_is_read_through_the_doorway(model: type) -> None:
    queryset = model._default_manager.get_queryset()
    assert isinstance(queryset, VisibilityQuerySet)
    assert type(queryset)._visible_to is not VisibilityQuerySet._visible_to


def test_front_doors_read_rows_only_as_seen_by_the_viewer() -> None:
    """In views and API modules `Model.objects` is followed by `visible_to` somewhere in its chain."""
    naked = []
    for path in FRONT_DOORS:
        source = path.read_text(encoding="utf-8")
        for statement in ast.walk(ast.parse(source)):
            if isinstance(statement, ast.stmt) and not isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.If):
                text = ast.get_source_segment(source, statement) or ""
                text = text.replace(".objects.none()", "")  # no rows at all
                if ".objects" in text and "visible_to(" not in text and "get_visible(" not in text:
                    naked.append(where(path, statement))
    assert naked == []


def test_nobody_writes_in_a_front_door() -> None:
    writes = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update"}
    found = [
        where(path, call)
        for path in FRONT_DOORS
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in writes and ".objects" in ast.unparse(call.func)
    ]
    assert found == []


def test_no_save_overrides_and_no_signal_receivers() -> None:
    found = []
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and "models" in str(path):
                found.append(where(path, node))
            if isinstance(node, ast.ImportFrom) and node.module == "django.dispatch":
                found.append(where(path, node))
    assert found == []


def test_the_clock_is_read_in_one_place() -> None:
    pattern = re.compile(r"timezone\.now\(|datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(")
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if pattern.search(path.read_text(encoding="utf-8")) and path.name != "clock.py"
    ]
    assert found == []


def test_services_and_querysets_take_time_as_an_argument() -> None:
    deep = {"services", "models"}
    found = [
        where(path, call)
        for path in python_files()
        if deep & {*path.parts, path.stem}
        for call in calls(path)
        if ast.unparse(call.func) == "clock.now"
    ]
    assert found == []


def test_no_task_is_sent_into_the_far_future() -> None:
    found = [
        where(path, call)
        for path in python_files()
        for call in calls(path)
        if {keyword.arg for keyword in call.keywords} & {"eta", "countdown"}
    ]
    assert found == []


def test_no_inline_scripts_or_styles_in_pages() -> None:
    """The Content-Security-Policy would drop them; mails are styled inline because mail clients need it."""
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)(?![^>]*type=\"application/)|<style(?![^>]*nonce=)|\sstyle=\"|\son[a-z]+=\""
    )
    pages = [p for p in (ROOT / "templates").rglob("*.html") if not {"mail", "email"} & set(p.parts)]
    assert [str(p.relative_to(ROOT)) for p in pages if inline.search(p.read_text(encoding="utf-8"))] == []


def test_how_it_felt_is_joined_to_nothing() -> None:
    """A lookup through a log into its ratings would read them without naming their person."""
    joined = re.compile(r"\b(moods|reflections)__\w|(Avg|Count|Sum|Min|Max|F|OuterRef)\(\s*[\"'](moods|reflections)\b")
    allowed = {ROOT / "plans" / "models" / "private.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path not in allowed
        and "insights" not in path.parts
        and "migrations" not in path.parts
        and joined.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
