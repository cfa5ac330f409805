"""Small files, small functions: the sizes that the architecture page promises."""

from statistics import median

from tests.kit.source import ROOT, functions, line_count, python_files, templates

FILE, FUNCTION, VIEW, TEMPLATE, MEDIAN_FILE = 300, 40, 20, 150, 80


def test_no_file_is_longer_than_300_lines() -> None:
    long = {str(p.relative_to(ROOT)): line_count(p) for p in python_files(tests=True) if line_count(p) > FILE}
    assert long == {}


def test_no_function_is_longer_than_40_lines_and_no_view_than_20() -> None:
    every = [f for path in python_files(tests=True) for f in functions(path)]
    long = [str(f) for f in every if f.lines > (VIEW if f.is_view else FUNCTION)]
    assert long == []


def test_no_template_is_longer_than_150_lines() -> None:
    assert {str(p.relative_to(ROOT)): line_count(p) for p in templates() if line_count(p) > TEMPLATE} == {}


def test_the_median_file_stays_below_80_lines() -> None:
    assert median(line_count(path) for path in python_files() if line_count(path)) < MEDIAN_FILE
