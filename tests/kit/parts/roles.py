"""Somebody in each group whom hosts may look after, and somebody who may not come back."""

from typing import Any

from groups.models import Membership
from tests.kit.cast import make_person
from tests.kit.parts import Secret, Seed

BANNED = "Hidden Hemlock"
HOSTS = frozenset({"owner", "host"})


def make(seed: Seed) -> dict[str, str]:
    walker, gone = make_person("walker"), make_person("gone", display_name=BANNED)
    found = {}
    for name, group in [("", seed.cast.group), ("private_", seed.private_group)]:
        found[f"{name}membership"] = str(Membership.objects.create(group=group, person=walker).uuid)
        found[f"{name}ban"] = str(Membership.objects.create(group=group, person=gone, banned_at=seed.now).uuid)
    return found


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    def of(name: str, address: str, group: str) -> dict[str, dict[str, object]]:
        return {
            "public": {address: a[group], "uuid": a[name]},
            "private": {address: a[f"private_{group}"], "uuid": a[f"private_{name}"]},
        }

    return {
        r"^/groups/<slug>/people/<uuid>/lift/": of("ban", "slug", "group"),
        r"^/groups/<slug>/people/": of("membership", "slug", "group"),
        r"^/api/v1/groups/<group>/members/": of("membership", "group", "group_uuid"),
        r"^/api/v1/groups/<group>/bans/": of("ban", "group", "group_uuid"),
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    facts = {
        "name": "Evening Ferns", "kind": "walking", "place": "Berlin", "time_zone": "Europe/Berlin", "effort": "easy",
        "visibility": "public", "join_policy": "open",
    }  # fmt: skip
    return {
        "/groups/<slug>/edit/": facts,
        "/groups/<slug>/people/<uuid>/": {"role": "moderator"},
        "/api/v1/groups/": facts,
        "/api/v1/groups/<uuid>/": {"effort": "steady"},
        "/api/v1/groups/<group>/members/<uuid>/": {"role": "moderator"},
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    group = f"/groups/{a['group']}/"
    return [] if who == "visitor" else [f"{group}people/", f"{group}people/{a['membership']}/", f"{group}edit/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(BANNED, HOSTS, r"^/(?!admin/)")]
