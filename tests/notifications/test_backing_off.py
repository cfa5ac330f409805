"""Invitations that are let pass come rarer, and never stop by themselves."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.backing_off import ASK_AFTER, ASK_AGAIN, EVERY, PATIENCE, RAREST, Standing, may_ask

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def lived(occasions: int, *, signs: frozenset[int] = frozenset(), every: int = 1) -> list[bool]:
    """Return which of so many occasions were sent; before those in `signs` the person was heard from."""
    passed, held, sent = 0, 0, []
    for number in range(occasions):
        passed = 0 if number in signs else passed
        is_sent = Standing(passed, held, every).is_sent
        passed, held = (passed + 1, 0) if is_sent else (passed, held + 1)
        sent.append(is_sent)
    return sent


def test_four_then_every_second_then_every_fourth() -> None:
    sent = [number for number, is_sent in enumerate(lived(40)) if is_sent]

    assert sent[:12] == [0, 1, 2, 3, 5, 7, 9, 11, 15, 19, 23, 27]


@given(occasions=st.integers(1, 200), every=st.sampled_from(EVERY))
def test_never_rarer_than_the_rarest(occasions: int, every: int) -> None:
    gaps = "".join("x" if is_sent else "." for is_sent in lived(occasions, every=every)).split("x")

    assert max(len(gap) for gap in gaps) < RAREST


@given(occasions=st.integers(1, 100), sign=st.integers(0, 99))
def test_a_sign_of_life_begins_anew(occasions: int, sign: int) -> None:
    sent = lived(sign + PATIENCE, signs=frozenset({sign}))

    assert all(sent[sign:])


@given(passed=st.integers(0, 100), held=st.integers(0, 100))
def test_more_patience_never_sends_less(passed: int, held: int) -> None:
    if Standing(passed + 1, held).is_sent:
        assert Standing(passed, held).is_sent


@given(passed=st.integers(0, 100), held=st.integers(0, 10), every=st.sampled_from(EVERY))
def test_what_was_chosen_is_the_least_there_is(passed: int, held: int, every: int) -> None:
    if Standing(passed, held, every).is_sent:
        assert held >= every - 1


def test_who_keeps_them_gets_every_one() -> None:
    assert Standing(50, 0, is_kept=True).is_sent


@pytest.mark.parametrize(
    ("passed", "asked_at", "answered_at", "asks"),
    [
        (ASK_AFTER - 1, None, None, False),
        (ASK_AFTER, None, None, True),
        (ASK_AFTER, NOW - timedelta(days=1), None, False),
        (ASK_AFTER, NOW - ASK_AGAIN, None, True),
        (ASK_AFTER, NOW + timedelta(minutes=1), None, True),  # asked by this very message, which is tried again
        (ASK_AFTER, NOW - ASK_AGAIN, NOW - timedelta(days=1), False),
    ],
)
def test_asked_once_in_ninety_days(passed: int, asked_at: datetime, answered_at: datetime, asks: bool) -> None:
    assert may_ask(passed=passed, asked_at=asked_at, answered_at=answered_at, due_at=NOW) is asks
