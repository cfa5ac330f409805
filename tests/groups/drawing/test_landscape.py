"""The landscape grows with what is reached, stays on its sheet, and is the same for everybody."""

from itertools import pairwise

from groups.drawing.landscape import HEIGHT, STEPS, WIDTH, landscape

TARGET = 1200


def test_nothing_reached_is_ground_with_one_sprout() -> None:
    bare = landscape(0, TARGET, seed=7)

    assert len(bare.trees) == 1
    assert not bare.flowers


def test_it_grows_at_each_step_and_never_shrinks() -> None:
    drawn = [landscape(step * TARGET // STEPS, TARGET, seed=7) for step in range(STEPS + 1)]

    heights = [sum(tree.height for tree in one.trees) for one in drawn]
    assert all(later > earlier for earlier, later in pairwise(heights))
    assert all(later.sun[1] < earlier.sun[1] for earlier, later in pairwise(drawn))


def test_it_moves_in_steps_only() -> None:
    assert landscape(100, TARGET, seed=7) == landscape(199, TARGET, seed=7)


def test_all_stands_on_the_sheet_however_much_is_reached() -> None:
    for seed in range(40):
        grown = landscape(5 * TARGET, TARGET, seed=seed)
        assert all(0 <= tree.x <= WIDTH and 0 < tree.y - tree.height < tree.y <= HEIGHT for tree in grown.trees)
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in grown.flowers)
