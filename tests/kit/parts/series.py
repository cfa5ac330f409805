"""A series in the public group and one in the private one, each with its meetings."""

from datetime import time, timedelta
from typing import Any

from groups.models import Event, Group, Series
from groups.services.series import start_series
from tests.kit.parts import Secret, Seed

HIDDEN_SERIES = "Weekly hidden ridge"
TEXTS = {"place": "The ford", "setting": "forest", "effort": "easy"}


def make(seed: Seed) -> dict[str, str]:
    shown, hidden = _series(seed, seed.cast.group, "Weekly ford"), _series(seed, seed.private_group, HIDDEN_SERIES)
    return {
        "series": str(shown.uuid),
        "private_series": str(hidden.uuid),
        "occurrence": str(Event.objects.filter(series=shown).order_by("starts_at")[0].uuid),
        "private_occurrence": str(Event.objects.filter(series=hidden).order_by("starts_at")[0].uuid),
    }


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/groups/<slug>/series/": {
            "public": {"slug": a["group"], "uuid": a["series"]},
            "private": {"slug": a["private_group"], "uuid": a["private_series"]},
        },
        r"^/groups/<slug>/events/<uuid>/following/": {
            "public": {"slug": a["group"], "uuid": a["occurrence"]},
            "private": {"slug": a["private_group"], "uuid": a["private_occurrence"]},
        },
        r"^/api/v1/series/": {"public": {"uuid": a["series"]}, "private": {"uuid": a["private_series"]}},
        r"^/api/v1/groups/<group>/(events|series)/": {
            "public": {"group": a["group_uuid"]},
            "private": {"group": a["private_group_uuid"]},
        },
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    starts_at = world.event.starts_at + timedelta(days=1)
    said = {"title": "Weekly ford", "minutes": 60, "time_zone": "Europe/Berlin", **TEXTS}
    since = str(Event.objects.get(uuid=world.parts["occurrence"]).occurs_on)
    series = {**said, "rrule": "FREQ=WEEKLY", "at_time": "18:30"}
    return {
        "/groups/<slug>/events/<uuid>/following/": {**said, "at": "18:30", "repeats": "weekly"},
        "/api/v1/groups/<group>/events/": {
            "title": "Mill", **TEXTS, "starts_at": str(starts_at), "ends_at": str(starts_at + timedelta(hours=1)),
        },
        "/api/v1/groups/<group>/series/": {**series, "starts_on": str(starts_at.date())},
        "/api/v1/events/<uuid>/": {"place": "The lock"},
        "/api/v1/series/<uuid>/": {"since": since, "at_time": "18:30"},
        "/api/v1/series/<uuid>/cancel/": {"since": since},
    }  # fmt: skip


def pages(a: dict[str, str], who: str) -> list[str]:
    group = f"/groups/{a['group']}/"
    shown = [f"{group}series/{a['series']}/", f"{group}events/{a['occurrence']}/"]
    return shown if who == "visitor" else [*shown, f"{group}events/{a['occurrence']}/following/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(HIDDEN_SERIES, frozenset({"owner", "host", "member"}), r"^/(?!admin/)")]


def _series(seed: Seed, group: Group, title: str) -> Series:
    return start_series(
        group=group,
        starts_on=(seed.now + timedelta(days=4)).date(),
        rrule="FREQ=WEEKLY",
        at_time=time(18),
        minutes=60,
        title=title,
        now=seed.now,
        **TEXTS,
    )
