"""How often, as a host chooses it and as one says it."""

from datetime import date

import pytest
from django.utils import translation

from groups.recurrence import read_rule
from groups.rhythm import FORTNIGHTLY, MONTHLY, OWN, WEEKLY, choice_for, rule_for, rule_in_words


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "Every week on Tuesday", "每周的周二"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR",
            "Every 2 weeks on Monday, Wednesday and Friday",
            "每 2 周的周一、周三和周五",
        ),
        ("FREQ=MONTHLY;BYDAY=-1SU", "Every month on the last Sunday", "每月最后一个周日"),
        ("FREQ=MONTHLY;BYDAY=2SA", "Every month on the second Saturday", "每月第二个周六"),
        ("FREQ=DAILY", "Every day", "每天"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "On days of its own rule", "按它自己的规律"),
    ],
)
def test_a_rule_is_said_in_both_languages(text: str, english: str, chinese: str) -> None:
    with translation.override("en"):
        assert rule_in_words(text) == english
    with translation.override("zh-hans"):
        assert rule_in_words(text) == chinese


@pytest.mark.parametrize(
    ("choice", "weekdays", "day", "text"),
    [
        (WEEKLY, [], date(2026, 3, 17), "FREQ=WEEKLY;BYDAY=TU"),
        (WEEKLY, [4, 1], date(2026, 3, 17), "FREQ=WEEKLY;BYDAY=TU,FR"),
        (FORTNIGHTLY, [2], date(2026, 3, 17), "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"),
        (MONTHLY, [], date(2026, 3, 17), "FREQ=MONTHLY;BYDAY=3TU"),
        (MONTHLY, [], date(2026, 3, 31), "FREQ=MONTHLY;BYDAY=-1TU"),
    ],
)
def test_a_choice_is_a_rule_and_is_found_again(choice: str, weekdays: list[int], day: date, text: str) -> None:
    rule = rule_for(choice, weekdays, day)
    assert str(rule) == text
    assert rule == read_rule(text)
    assert choice_for(text)[0] == choice


def test_a_rule_made_elsewhere_stays_its_own() -> None:
    assert choice_for("FREQ=DAILY;INTERVAL=3") == (OWN, [])
