"""Print how large files and functions are: count, median, 90th percentile and maximum, in lines."""

import sys
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.kit.source import functions, line_count, python_files, templates


def row(name: str, sizes: list[int]) -> str:
    """Return one line of the table for sizes in lines."""
    p90 = quantiles(sizes, n=10)[-1]
    return f"{name:<12}{len(sizes):>7}{median(sizes):>9.0f}{p90:>7.0f}{max(sizes):>7}"


ours = [path for path in python_files() if line_count(path)]
tests = [path for path in python_files(tests=True) if line_count(path) and path not in ours]
print(f"{'':<12}{'count':>7}{'median':>9}{'p90':>7}{'max':>7}")
print(row("files", [line_count(path) for path in ours]))
print(row("functions", [f.lines for path in ours for f in functions(path)]))
print(row("templates", [line_count(path) for path in templates()]))
print(row("test files", [line_count(path) for path in tests]))
