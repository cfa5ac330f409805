"""Towns by the names that people use for them."""

import pytest

from groups.towns import town_in, town_named


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Berlin", "Berlin"),
        ("berlin ", "Berlin"),
        ("杭州", "Hangzhou"),
        ("杭州市", "Hangzhou"),
        ("Koln", "Köln"),
        ("München", "Munich"),
    ],
)
def test_a_town_is_found_by_any_of_its_names(said: str, name: str) -> None:
    town = town_named(said)

    assert town is not None
    assert town.name == name


def test_of_two_towns_of_one_name_the_one_in_the_time_zone_is_meant() -> None:
    here, there = (
        town_named("Birmingham", time_zone="Europe/London"),
        town_named("Birmingham", time_zone="America/Chicago"),
    )

    assert here is not None
    assert there is not None
    assert (here.country, there.country) == ("GB", "US")


@pytest.mark.parametrize(
    ("address", "zone", "name"),
    [
        ("Tiergarten, Berlin", "Europe/Berlin", "Berlin"),
        ("Central Park, New York", "America/New_York", "New York City"),
        ("杭州西湖断桥", "Asia/Shanghai", "Hangzhou"),
        ("上海 世纪公园", "Asia/Shanghai", "Shanghai"),
    ],
)
def test_an_address_names_its_town(address: str, zone: str, name: str) -> None:
    town = town_in(address, time_zone=zone)

    assert town is not None
    assert town.name == name


@pytest.mark.parametrize("address", ["", "At the lake", "Tiergarten, Berlin", "???", "，，"])
def test_an_address_without_a_town_of_the_zone_names_none(address: str) -> None:
    assert town_in(address, time_zone="Asia/Tokyo") is None
