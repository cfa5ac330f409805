"""The time zones that a person can choose, named in the language of the reader."""

from functools import cache, lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.dates import get_timezone_location

REGIONS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


@cache
def choosable() -> frozenset[str]:
    """Return the zones named after a place, and UTC. Names that browsers still use are among them."""
    return frozenset(name for name in available_timezones() if name == "UTC" or name.partition("/")[0] in REGIONS)


@lru_cache(maxsize=8)
def choices(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return option groups by region: `[(region, [(zone, city), …]), …]`, sorted by city."""
    locale = Locale.parse("zh_Hans" if language.startswith("zh") else "en")
    groups: dict[str, list[tuple[str, str]]] = {}
    for zone in choosable() - {"UTC"}:
        groups.setdefault(zone.partition("/")[0], []).append((zone, _city(zone, locale)))
    rows = [(region, sorted(groups[region], key=lambda row: row[0])) for region in sorted(groups)]
    return [("UTC", [("UTC", "UTC")]), *rows]


def _city(zone: str, locale: Locale) -> str:
    """Return the city as readers of the language know it, with the zone's own name where that differs."""
    own = zone.rpartition("/")[2].replace("_", " ")
    city = get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]
    return own if city in {"", own} else f"{city} ({own})"
