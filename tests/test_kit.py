"""The cast stands."""

from tests.kit.cast import Cast


def test_cast_has_one_of_each(cast: Cast) -> None:
    assert set(cast.people) == {
        "owner",
        "host",
        "member",
        "applicant",
        "banned",
        "blocked",
        "stranger",
        "editor",
        "superuser",
    }
