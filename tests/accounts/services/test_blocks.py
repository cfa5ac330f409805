"""A block hides both ways."""

import pytest

from accounts.models import Block, User
from accounts.services.blocks import block, unblock
from core.errors import InvalidInput
from tests.kit.cast import Cast


def test_block_twice_is_once_and_hides_both_ways(cast: Cast) -> None:
    block(person=cast.stranger, other=cast.host)
    block(person=cast.stranger, other=cast.host)

    assert Block.objects.filter(blocker=cast.stranger).count() == 1
    assert cast.host not in User.objects.visible_to(cast.stranger)
    assert cast.stranger not in User.objects.visible_to(cast.host)


def test_unblock_takes_back_only_ones_own_block(cast: Cast) -> None:
    block(person=cast.blocked, other=cast.member)

    unblock(person=cast.member, other=cast.blocked)

    assert cast.blocked not in User.objects.visible_to(cast.member)


def test_nobody_blocks_themselves(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        block(person=cast.member, other=cast.member)
