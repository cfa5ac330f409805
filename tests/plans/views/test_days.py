"""Not today: one tap, and back."""

from datetime import date, datetime
from typing import Any

import pytest

from plans.models import DayChange, Enrollment
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of

TODAY, TOMORROW = date(2026, 3, 10), date(2026, 3, 11)


@pytest.fixture
def followed(cast: Cast) -> Enrollment:
    return make_enrollment(cast.member, make_plan(), obstacle_text="it rains", instead_text="I stretch")


def path_of(enrollment: Enrollment) -> str:
    return f"/plans/following/{enrollment.uuid}/not-today/"


def test_today_offers_it_without_a_script(cast: Cast, followed: Enrollment, now: datetime, as_person: Any) -> None:
    page = as_person(cast.member).get("/").content.decode()

    assert f'action="{path_of(followed)}"' in page
    session = sessions_of(followed.template)[0]
    assert f"/plans/log/?enrollment={followed.uuid}&amp;session={session.pk}&amp;floor=1" in page
    assert "I do that instead" in page


@pytest.mark.parametrize(
    ("form", "moved_to", "words"),
    [
        ({"act": "tomorrow"}, TOMORROW, "The step waits on Wednesday 11 March. Today is yours."),
        ({"act": "rest"}, None, "Today is for rest."),
        ({"act": "another", "moved_to": "2026-03-14", "at_time": "18:30"}, date(2026, 3, 14), "Saturday 14 March"),
    ],
)
def test_one_tap_and_its_undoing(  # each way out says what it did
    cast: Cast, followed: Enrollment, now: datetime, as_person: Any, form: Any, moved_to: date | None, words: str
) -> None:
    client, path = as_person(cast.member), path_of(followed)
    assert "If it rains, then I stretch." in client.get(path).content.decode()

    assert client.post(path, form).url == path

    assert DayChange.objects.get().planned_on == TODAY
    assert DayChange.objects.get().moved_to == moved_to
    assert words in client.get(path).content.decode()
    client.post(path, {"act": "back"})
    assert not DayChange.objects.exists()


@pytest.mark.parametrize("moved_to", ["2026-03-09", "2026-03-25", "", "soon"])
def test_a_day_that_does_not_fit_is_said_at_its_field(
    cast: Cast, followed: Enrollment, now: datetime, as_person: Any, moved_to: str
) -> None:
    page = as_person(cast.member).post(path_of(followed), {"act": "another", "moved_to": moved_to}).content.decode()

    assert '<a href="#id_moved_to">' in page
    assert not DayChange.objects.exists()


def test_before_the_first_day_there_is_nothing_to_put_off(cast: Cast, now: datetime, as_person: Any) -> None:
    later = make_enrollment(cast.member, make_plan(), starts_on=date(2026, 3, 20))

    page = as_person(cast.member).post(path_of(later), {"act": "rest"}, follow=True).content.decode()

    assert "Nothing is planned for this day." in page
    assert not DayChange.objects.exists()
