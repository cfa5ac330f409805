"""An access token of the member: nobody else knows of it."""

from typing import Any

from accounts.services.tokens import create_token
from tests.kit.parts import Secret, Seed

NAME = "Heather script"


def make(seed: Seed) -> dict[str, str]:
    made, _secret = create_token(person=seed.cast.member, name=NAME, kind="script", scope="read", now=seed.now)
    return {"access_token": str(made.uuid)}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {r"^/(me|api/v1/me)/tokens/<uuid>/": {"own": {"uuid": a["access_token"]}}}


def bodies(world: Any) -> dict[str, dict[str, object]]:
    said = {"name": "Clover phone", "kind": "app", "scope": "write", "days": 30}
    return {"/me/tokens/": said, "/api/v1/me/tokens/": said}


def pages(a: dict[str, str], who: str) -> list[str]:
    return [] if who == "visitor" else ["/me/tokens/", "/account/second-factor/"]


def own_pages(a: dict[str, str]) -> list[str]:
    return ["/me/tokens/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(NAME, frozenset({"member"}))]
