"""Which objects the blanks of a route are filled with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType

from core import clock
from library.models import Mechanism
from tests.access.routes import Route
from tests.kit.parts import gathered
from tests.kit.world import STOP_TOKEN, World

# What else an address needs to mean something; the days are filled in.
QUERIES = {
    "/admin/autocomplete/": "?app_label=library&model_name=claim&field_name=citations",
    "/api/v1/calendar/": "?from={today}&to={next_week}",
    "/api/v1/own-plans/ladder/": "?unit=km&start=1&goal=3&times=2",
    "/api/v1/search/": "?q=sleep",
    "/api/v1/series/<uuid>/impact/": "?since={next_week}",
    "/api/v1/start/": "?need=poor-sleep",
}


@dataclass(frozen=True)
class Door:
    """One concrete address to try: a route with its blanks filled in by `about`."""

    route: str
    about: str
    path: str


def doors(route: Route, world: World) -> Iterator[Door]:
    """Yield the addresses of a route: one, or one for a public and one for a hidden object."""
    today = _today(world)
    query = QUERIES.get(route.pattern, "").format(today=today, next_week=today + timedelta(days=6))
    for about, values in _variants(route.pattern, world):
        path = re.sub(r"<(\w+)>", lambda blank, values=values: str(values[blank[1]]), route.pattern)
        yield Door(route.pattern, about, path + query)


def _today(world: World) -> date:
    return clock.local_day(clock.now(), world.cast.member.time_zone)


def _variants(pattern: str, world: World) -> list[tuple[str, dict[str, object]]]:
    if "<" not in pattern:
        return [("", {})]
    if pattern.startswith("/admin/"):
        return [("", _admin(pattern, world))]
    found = next((variants for regex, variants in objects(world).items() if re.match(regex, pattern)), {"": {}})
    day = _today(world)
    usual = {"step": "language", "day": day, "year": day.year, "month": day.month}
    return [(about, {**usual, **values}) for about, values in found.items()]


def objects(world: World) -> dict[str, dict[str, dict[str, object]]]:
    """Return route (a pattern) → kind of object → what fills the blanks; "private", "draft" and "own" are hidden."""
    a = world.addresses()
    by_visibility: dict[str, dict[str, object]] = {
        "public": {"slug": a["group"], "uuid": a["event"]},
        "unlisted": {"slug": a["unlisted_group"], "uuid": a["unlisted_event"]},
        "private": {"slug": a["private_group"], "uuid": a["private_event"]},
    }
    return {
        **{route: found for part in gathered("objects", a) for route, found in part.items()},
        r"^/api/v1/groups/<group>/plans/": {
            "public": {"group": a["group_uuid"], "uuid": a["share"]},
            "private": {"group": a["private_group_uuid"], "uuid": a["private_share"]},
        },
        r"^/groups/<slug>/plans/": {
            "public": {"slug": a["group"], "uuid": a["share"]},
            "private": {"slug": a["private_group"], "uuid": a["private_share"]},
        },
        r"^/api/v1/groups/by-address/": by_visibility,
        r"^/api/v1/groups/": {"public": {"uuid": a["group_uuid"]}, "private": {"uuid": a["private_group_uuid"]}},
        r"^/groups/": by_visibility,
        r"^/api/v1/events/": {"public": {"uuid": a["event"]}, "private": {"uuid": a["private_event"]}},
        r"^/api/v1/needs/|^/library/start/": {"": {"slug": a["need"]}},
        r"^/api/v1/exercise-types/|^/library/exercise/": {"": {"slug": a["exercise_type"]}},
        r"^/(api/v1|library)/mechanisms/": {
            "published": {"slug": a["mechanism"], "form": "bib"},
            "draft": {"slug": a["draft"], "form": "bib"},
        },
        r"^/(library/mine|api/v1/(bookmarks|read))/": {
            "published": {"kind": "mechanism", "slug": a["mechanism"]},
            "draft": {"kind": "mechanism", "slug": a["draft"]},
        },
        r"^/library/sources/": {
            "published": {"key": a["citation"], "form": "ris"},
            "draft": {"key": a["waiting_citation"], "form": "ris"},
        },
        r"^/api/v1/citations/": {"published": {"key": a["citation"]}, "draft": {"key": a["waiting_citation"]}},
        **_plans(a, world),
        r"^/messages/(stop|fewer)/": {"": {"token": STOP_TOKEN}, "unknown": {"token": "not-a-token"}},
    }


def _plans(a: dict[str, str], world: World) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/(api/v1|plans)/beginnings/": {"own": {"uuid": a["beginning"]}},
        r"^/(api/v1|plans)/logs/": {"own": {"uuid": a["log"]}},
        r"^/api/v1/enrollments/|^/plans/following/": {
            "own": {"uuid": a["enrollment"], "planned_on": str(world.event.starts_at.date())},
        },
        r"^/(api/v1/pauses|plans/pause)/": {"own": {"uuid": a["pause"]}},
        r"^/plans/check-ins/result/|^/api/v1/check-ins/": {"own": {"uuid": a["check_in"]}},
        r"^/(plans/own|api/v1/own-plans)/": {"own": {"slug": a["own_plan"], "number": 1}},
        r"^/plans/check-ins/": {"": {"scale": "phq8"}, "unknown": {"scale": "phq9"}},
        r"^/api/v1/plan-templates/|^/plans/": {
            "published": {"slug": a["template"]},
            "draft": {"slug": a["hidden_template"]},
            "own": {"slug": a["own_plan"]},
            "private": {"slug": a["shared_plan"]},
        },
    }


def _admin(pattern: str, world: World) -> dict[str, object]:
    """Fill in a row of the model that the address speaks of: the first there is, and of people the member."""
    key: object = world.mechanism.pk
    for model in admin.site._registry:
        if pattern.startswith(f"/admin/{model._meta.app_label}/{model._meta.model_name}/"):
            key = world.cast.member.pk if model._meta.model_name == "user" else _first(model)
    kind = ContentType.objects.get_for_model(Mechanism).pk
    return {
        "object_id": key, "id": key, "app_label": "library", "content_type_id": kind, "url": "nowhere",
    }  # fmt: skip


def _first(model: type) -> object:
    row = model._base_manager.order_by("pk").first()  # type: ignore[attr-defined]
    assert row is not None, f"the world of the tests has no {model.__name__}"
    return row.pk
