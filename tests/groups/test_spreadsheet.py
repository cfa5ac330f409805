"""The list for a spreadsheet: no formula, nothing unseen, no more of a name than asked."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.spreadsheet import csv_of, plain, short_name

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A",
    "\u202e=1",
    "\u200b=1",
    "\ufeff=1",
    "|x",
    "%x",
    "−1",
]


def read(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert plain(cell).startswith("'")


@given(cell=st.text(max_size=60))
def test_any_cell_comes_back_in_one_line_and_does_not_run(cell: str) -> None:
    [[found, beside]] = read(csv_of([cell, "beside"], []))
    assert beside == "beside"
    assert not found.startswith(tuple("=+-@\t\r＝＋－＠"))
    assert not set(found) & set("\r\n\t\x00\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def test_a_plain_cell_stays_as_it_is() -> None:
    for cell in ("Anna", "王小明", 'says "hi", twice', "O'Neil", "a=b", "3-4"):
        assert read(csv_of([cell], [[cell]])) == [[cell], [cell]]


def test_spreadsheets_are_told_the_encoding() -> None:
    body = csv_of(["名字"], [["小明"]])
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.endswith('"小明"\r\n'.encode())


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Anna Karenina", "Anna K."), ("Anna", "Anna"), ("王小明", "小明"), ("欧阳小明", "小明"), ("明", "明"),
        ("", ""), ("=cmd()", "=cmd()"), ("Anna \u202eKarenina", "Anna K."),
    ],
)  # fmt: skip
def test_a_short_name(name: str, short: str) -> None:
    assert short_name(name) == short
