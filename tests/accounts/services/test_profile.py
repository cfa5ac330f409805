"""Settings and the welcome are saved by these services alone."""

from datetime import datetime, time

import pytest

from accounts.services.profile import change_settings, choose_language, finish_welcome
from core.errors import InvalidInput
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db


def test_change_saves_what_is_named_and_nothing_else() -> None:
    person = make_person("anna")
    person.quiet_from = time(1, 0)  # unsaved, and not part of the change

    change_settings(person=person, changes={"weekly_target_minutes": 75, "display_name": " Ann "})

    person.refresh_from_db()
    assert (person.weekly_target_minutes, person.display_name, person.quiet_from) == (75, "Ann", time(21, 30))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("language", "xx"),
        ("first_weekday", 7),
        ("weekly_target_minutes", 0),
        ("weekly_target_minutes", 10**9),
        ("weekly_message_budget", 51),
        ("display_name", "a\u202eb"),
    ],
)
def test_refusal_names_the_field_and_saves_nothing(field: str, value: object) -> None:
    person = make_person("anna")
    before = getattr(person, field)

    with pytest.raises(InvalidInput) as refusal:
        change_settings(person=person, changes={field: value})

    assert refusal.value.field == field
    person.refresh_from_db()
    assert getattr(person, field) == before


def test_language_is_kept() -> None:
    person = make_person("anna")

    choose_language(person=person, language="zh-hans")

    person.refresh_from_db()
    assert person.language == "zh-hans"


def test_welcome_is_done_once(now: datetime) -> None:
    person = make_person("anna", welcomed_at=None)

    finish_welcome(person=person, display_name="Anna", now=now)
    finish_welcome(person=person, display_name="Anna B", now=now.replace(year=2027))

    assert person.welcomed_at == now
    assert person.display_name == "Anna B"
