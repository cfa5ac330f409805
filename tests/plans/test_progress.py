"""The next step is the first without a log; what is done stays done."""

from hypothesis import given
from hypothesis import strategies as st

from plans.progress import is_enough_for_today, place_in

plans = st.lists(st.integers(min_value=1, max_value=60), unique=True, max_size=60)


@given(ordered=plans, data=st.data())
def test_next_is_the_first_without_a_log(ordered: list[int], data: st.DataObject) -> None:
    logged = data.draw(st.lists(st.sampled_from(ordered or [1]), max_size=80))
    place = place_in(ordered, logged)
    before = ordered[: ordered.index(place.next_id)] if place.next_id else ordered
    assert set(before) <= set(logged)
    assert place.next_id not in logged
    assert place.is_complete == (set(ordered) <= set(logged))


@given(ordered=plans)
def test_walking_through_visits_every_step_once_in_order(ordered: list[int]) -> None:
    visited: list[int] = []
    while (step := place_in(ordered, visited).next_id) is not None:
        visited.append(step)
    assert visited == ordered


@given(ordered=plans, strangers=st.lists(st.integers(min_value=100, max_value=200)))
def test_logs_of_other_sessions_change_nothing(ordered: list[int], strangers: list[int]) -> None:
    assert place_in(ordered, strangers) == place_in(ordered, [])


@given(ordered=plans, data=st.data())
def test_one_more_log_never_moves_backwards(ordered: list[int], data: st.DataObject) -> None:
    logged = data.draw(st.lists(st.sampled_from(ordered or [1])))
    more = [*logged, data.draw(st.sampled_from(ordered or [1]))]
    assert place_in(ordered, more).done >= place_in(ordered, logged).done


def test_a_plan_without_days_asks_for_one_step_a_day() -> None:
    assert is_enough_for_today(done_day=None, next_day=None)
    assert is_enough_for_today(done_day=1, next_day=2)
    assert not is_enough_for_today(done_day=1, next_day=1)
