"""The zones that can be chosen."""

from zoneinfo import ZoneInfo

from accounts import zones


def test_every_choice_is_a_zone_that_this_machine_knows() -> None:
    for zone in zones.choosable():
        assert ZoneInfo(zone).key == zone


def test_names_that_browsers_report_can_be_chosen() -> None:
    assert {"Asia/Calcutta", "Asia/Kolkata", "Europe/Kiev", "America/New_York", "UTC"} <= zones.choosable()


def test_choices_are_grouped_by_region_and_named_in_the_readers_language() -> None:
    english = dict(zones.choices("en"))
    chinese = dict(zones.choices("zh-hans"))

    assert ("Europe/Berlin", "Berlin") in english["Europe"]
    assert ("Europe/Berlin", "柏林 (Berlin)") in chinese["Europe"]
    assert sum(len(rows) for rows in english.values()) == len(zones.choosable())
