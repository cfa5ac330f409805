"""A block hides both ways."""

import pytest

from accounts.models import Block, User
from accounts.services.blocks import block, unblock
from core.errors import InvalidInput
from tests.faults.parallel import all_at_once, unhurried
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


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
def test_block_and_unblock_at_once_is_one_or_the_other(cast: Cast) -> None:
    person, other = cast.member, cast.stranger
    acts = [
        unhurried(lambda: block(person=person, other=other)),
        unhurried(lambda: unblock(person=person, other=other)),
    ] * 5

    for _round in range(10):
        assert not [answer for answer in all_at_once(acts) if isinstance(answer, Exception)]
        assert Block.objects.filter(blocker=person, blocked=other).count() in {0, 1}
