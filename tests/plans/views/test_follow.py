"""Following a plan from its form, in both ways, and changing how."""

from datetime import date, time
from typing import Any

import pytest

from library.models import SafetyText
from plans.models import Cue, Enrollment, Readiness
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan
from tests.plans.services.test_readiness import make_vigorous

WORDS = {"when_text": "I have had breakfast", "then_text": "I walk ten minutes"}
FOLLOW: dict[str, Any] = {"starts_on": "2026-03-10", "cues": ["1", "4"], "at_time": "08:30", **WORDS}


def cues() -> set[Any]:
    return set(Cue.objects.values_list("weekday", "at_time"))


def test_single_days_may_have_a_time_of_their_own(cast: Cast, now: Any, as_person: Any) -> None:
    make_plan()
    times = {"rhythm": "days", "time_4": "18:15", "time_6": "07:00"}  # no Sunday was chosen

    as_person(cast.member).post("/plans/small-walks/follow/", FOLLOW | times)

    assert cues() == {(1, time(8, 30)), (4, time(18, 15))}
    assert "Friday 18:15" in as_person(cast.member).get("/plans/mine/").content.decode()


@pytest.mark.parametrize(
    ("reminder", "expected"),
    [("", set()), ("18:00", {(0, time(18)), (2, time(18)), (5, time(18))})],
)
def test_so_many_times_a_week_on_any_day(
    cast: Cast, now: Any, as_person: Any, reminder: str, expected: set[Any]
) -> None:
    make_plan()
    form = FOLLOW | {"rhythm": "times", "times_a_week": "3", "reminder_time": reminder, "at_time": "no time"}

    answer = as_person(cast.member).post("/plans/small-walks/follow/", form)

    assert answer.url == "/plans/mine/"
    assert Enrollment.objects.get().times_a_week == 3
    assert cues() == expected
    page = as_person(cast.member).get("/plans/mine/").content.decode()
    assert "3 times a week, on any day" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rhythm": "times", "times_a_week": ""}, "id_times_a_week"),
        ({"rhythm": "times", "times_a_week": "15"}, "id_times_a_week"),
        ({"rhythm": "days", "time_1": "half past"}, "id_time_1"),
        ({"rhythm": "days", "cues": []}, "id_cues"),
        ({"rhythm": "often"}, "id_rhythm"),
    ],
)
def test_an_error_stands_at_its_field(cast: Cast, now: Any, as_person: Any, changes: Any, field: str) -> None:
    make_plan()

    page = as_person(cast.member).post("/plans/small-walks/follow/", FOLLOW | changes).content.decode()

    assert f'<a href="#{field}">' in page
    assert "field__error" in page
    assert 'value="I have had breakfast"' in page
    assert not Enrollment.objects.exists()


def test_the_form_of_a_change_shows_it_as_it_is(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan(), obstacle_text="it rains", instead_text="I stretch")
    for day, at in [(1, time(7, 20)), (3, time(7, 20)), (5, time(10, 0))]:
        Cue.objects.create(enrollment=enrollment, weekday=day, at_time=at)
    client, path = as_person(cast.member), f"/plans/following/{enrollment.uuid}/change/"

    page = client.get(path).content.decode()
    assert 'name="at_time" value="07:20"' in page
    assert 'name="time_5" value="10:00"' in page
    assert 'value="it rains"' in page
    assert 'name="starts_on"' not in page  # it has begun

    form = {
        "rhythm": "days",
        "cues": ["1", "5"],
        "at_time": "07:20",
        "time_5": "10:00",
        **WORDS,
        "then_text": "I dance",
    }
    assert client.post(path, form).url == "/plans/mine/"
    changed = Enrollment.objects.get()
    assert (changed.then_text, changed.obstacle_text, changed.starts_on) == ("I dance", "", date(2026, 3, 2))
    assert cues() == {(1, time(7, 20)), (5, time(10, 0))}


def test_days_that_only_remind_stay_when_words_change(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan(), times_a_week=2, starts_on=date(2026, 3, 20))
    Cue.objects.create(enrollment=enrollment, weekday=6, at_time=time(9, 0))
    client, path = as_person(cast.member), f"/plans/following/{enrollment.uuid}/change/"
    form = {"starts_on": "2026-03-21", "rhythm": "times", "times_a_week": "2", "reminder_time": "09:00", **WORDS}

    client.post(path, form)
    assert Enrollment.objects.get().starts_on == date(2026, 3, 21)
    assert cues() == {(6, time(9, 0))}

    client.post(path, form | {"times_a_week": "1"})
    assert cues() == {(0, time(9, 0))}


def test_a_refusal_in_a_change_stands_at_its_field(cast: Cast, now: Any, as_person: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    form = {"rhythm": "times", "times_a_week": "2", **WORDS, "obstacle_text": "it rains"}

    page = as_person(cast.member).post(f"/plans/following/{enrollment.uuid}/change/", form).content.decode()

    assert '<a href="#id_instead_text">' in page
    assert 'value="it rains"' in page


def test_the_question_before_a_vigorous_plan(cast: Cast, now: Any, as_person: Any) -> None:
    make_vigorous()
    make_plan("gentle")
    SafetyText.objects.create(group="ask-first", key="heart", order=1, text_en="Known heart disease.")
    SafetyText.objects.create(group="ask-first", key="advice", order=2, text_en="Speak first.", is_advice=True)
    client, path = as_person(cast.member), "/plans/intervals/follow/"
    page = client.get(path).content.decode()
    assert "Known heart disease." in page
    assert "Speak first." in page
    assert 'href="/plans/gentle/"' in page

    page = client.post(path, FOLLOW).content.decode()
    assert "One answer comes first, for your safety." in page
    page = client.post(path, FOLLOW | {"ready-asks_first": "yes"}).content.decode()
    assert "Please speak with a clinician first; then tick here." in page
    assert 'value="I have had breakfast"' in page
    assert not Enrollment.objects.exists()

    answer = client.post(path, FOLLOW | {"ready-asks_first": "yes", "ready-has_asked": "on"})
    assert answer.url == "/plans/mine/"
    assert Readiness.objects.visible_to(cast.member).get().asks_first


def test_after_a_no_the_question_is_gone(cast: Cast, now: Any, as_person: Any) -> None:
    make_vigorous()
    make_vigorous("hills")
    client = as_person(cast.member)
    assert client.post("/plans/intervals/follow/", FOLLOW | {"ready-asks_first": "no"}).url == "/plans/mine/"

    assert "One question first" not in client.get("/plans/hills/follow/").content.decode()
    assert client.post("/plans/hills/follow/", FOLLOW).url == "/plans/mine/"
