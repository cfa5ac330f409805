"""Reading our own source: which files there are, and what stands in them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ["mindmove", "reminders", "groups", "plans", "library", "moderation", "notifications", "accounts", "core"]


@dataclass(frozen=True)
class Function:
    """A function or method with its length in lines, decorators left out."""

    path: Path
    name: str
    lines: int
    is_view: bool

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}: {self.name} ({self.lines})"


def python_files(*, tests: bool = False) -> list[Path]:
    """Return our modules, without migrations."""
    folders = [ROOT / name for name in [*PACKAGES, *(["tests", "bench", "scripts", "examples"] if tests else [])]]
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a module; a view is one whose first argument is `request`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            is_view = path.stem.startswith("views") or "views" in path.parent.parts[-1:]
            takes_request = bool(node.args.args) and node.args.args[0].arg == "request"
            yield Function(path, node.name, length, is_view and takes_request)
