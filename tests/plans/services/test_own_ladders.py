"""A ladder becomes a plan that passes the gate and explains itself."""

from decimal import Decimal
from typing import Any

import pytest

from core.errors import InvalidInput
from plans.services.own_ladders import ladder_of, make_ladder
from tests.kit.cast import Cast
from tests.plans.kit import sessions_of
from tests.plans.own_kit import kind

GIVEN = {"start": Decimal(5), "goal": Decimal(10), "unit": "repetitions", "growth": "walking_or_cycling", "times": 3}


def given(**changes: Any) -> dict[str, Any]:
    return {**GIVEN, **{name: Decimal(v) if name in {"start", "goal"} else v for name, v in changes.items()}}


def test_push_ups_become_six_weeks(cast: Cast) -> None:
    plan = make_ladder(person=cast.member, title="", kind=kind("strength"), ladder=ladder_of(**GIVEN))
    plan.refresh_from_db()
    assert (plan.title, plan.weeks, plan.is_published) == ("From 5 repetitions to 10 repetitions", 6, True)
    assert "one a week" in plan.goal
    steps = sessions_of(plan)
    assert [int(step.amount or 0) for step in steps] == [n for n in range(5, 11) for _ in range(3)]
    assert {step.floor for step in steps} == {"5 repetitions, as slowly as you like."}
    assert {step.unit for step in steps} == {"repetitions"}


@pytest.mark.parametrize("times", [1, 3, 7])
@pytest.mark.parametrize("growth", ["walking_or_cycling", "running_or_jumping"])
def test_kilometres_pass_the_gate_however_often_a_week(cast: Cast, times: int, growth: str) -> None:
    ladder = ladder_of(**given(start="1", goal="5", unit="km", growth=growth, times=times))
    plan = make_ladder(person=cast.member, title="To the lake", kind=kind("aerobic"), ladder=ladder)
    plan.refresh_from_db()
    assert plan.is_published
    assert (plan.title, plan.sessions_max, sessions_of(plan)[0].title) == ("To the lake", times, "1 km")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "half a push-up": ({"start": "5.5"}, "start"),
    "down": ({"goal": "4"}, "goal"),
    "nowhere": ({"goal": "5"}, "goal"),
    "from nothing": ({"start": "0"}, "goal"),
    "very far": ({"goal": "201"}, "goal"),
    "odd unit": ({"unit": "miles"}, "unit"),
    "too often": ({"times": 8}, "times"),
}


@pytest.mark.parametrize(("changes", "field"), WRONG.values(), ids=WRONG.keys())
def test_what_makes_no_ladder_is_said_on_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ladder_of(**given(**changes))
    assert refused.value.field == field


def test_more_than_a_year_is_refused(cast: Cast) -> None:
    far = ladder_of(**given(start="0.1", goal="42", unit="km", growth="running_or_jumping"))
    with pytest.raises(InvalidInput, match="too_long") as refused:
        make_ladder(person=cast.member, title="", kind=kind(), ladder=far)
    assert refused.value.field == "goal"
