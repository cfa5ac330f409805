"""Names and versions of apps."""

import pytest

from core.app_names import app_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("walks/1", ("walks", (1,))),
        ("org.walks-2_b/0.0", ("org.walks-2_b", (0,))),
        ("walks/1.4.0.0", ("walks", (1, 4))),
        ("walks/0.4", ("walks", (0, 4))),
        ("walks/2026.11.3.45", ("walks", (2026, 11, 3, 45))),
        ("walks/01.4", ("walks", (1, 4))),
        ("walks/1.2.3.4.5", None),
        ("walks/1.", None),
        ("walks/1234567890", None),
        ("w" * 51 + "/1", None),
        ("walks=1", None),
        ("walks/1\n", None),
    ],
)
def test_an_app_is_a_name_and_up_to_four_numbers(text: str, found: tuple[str, tuple[int, ...]] | None) -> None:
    assert app_of(text, between="/") == found
