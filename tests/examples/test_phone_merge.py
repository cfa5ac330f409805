"""Two sides changed one note: both are kept, as far as the server takes them."""

import pytest

from tests.kit.generated_client import import_phone

import_phone()

from phone.merge import MOST_SIGNS, both, merged  # noqa: E402


@pytest.mark.parametrize(
    ("theirs", "mine", "kept"),
    [
        ("Snow.", "Sun.", "Snow.\nSun."),
        ("Snow.\nSun.", "Sun.", "Snow.\nSun."),
        ("Snow.", "Snow. Sun.", "Snow. Sun."),
        ("a" * 999, "b" * 1000, "a" * 999 + "\n" + "b" * 1000),
        ("a" * 1000, "b" * 1000, "a" * 998 + "…\n" + "b" * 1000),
        ("a" * 2000, "b" * 1998, "b" * 1998),
        ("a", "b" * 1998, "a\n" + "b" * 1998),
        ("a" * 2000, "b" * 2000, "b" * 2000),
        ("a" * 2000, "b" * 2001, "b" * 2001),
    ],
)
def test_notes_are_joined_within_what_is_taken(theirs: str, mine: str, kept: str) -> None:
    assert both(theirs, mine) == kept


def test_joining_again_changes_nothing() -> None:
    once = both("a" * 1500, "b" * 1500)
    assert len(once) == MOST_SIGNS
    assert merged({"note": "b" * 1500}, {"note": "c"}, {"note": once}) == {}
