"""The cast stands."""

from tests.kit.cast import Cast
from tests.kit.world import World


def test_cast_has_one_of_each(cast: Cast) -> None:
    assert set(cast.people) == {
        "owner",
        "host",
        "member",
        "applicant",
        "banned",
        "blocked",
        "stranger",
        "staff",
        "editor",
        "superuser",
    }


def test_world_has_something_of_everything(world: World) -> None:
    assert all(world.addresses().values())
