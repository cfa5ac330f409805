"""Somebody whose account is about to be deleted, and the link in their mail."""

from datetime import timedelta

from accounts.keeping import token_for
from accounts.models import User
from tests.kit.cast import make_person
from tests.kit.parts import Secret, Seed

LEAVER = "Zwanda"  # in nobody's sight, staff apart


def make(seed: Seed) -> dict[str, str]:
    person = make_person(LEAVER)
    User.objects.filter(pk=person.pk).update(is_active=False, erase_at=seed.now + timedelta(days=7))
    return {"keep_token": token_for(User.objects.get(pk=person.pk))}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {r"^/me/delete/keep/": {"": {"token": a["keep_token"]}, "unknown": {"token": "not-a-token"}}}


def pages(a: dict[str, str], who: str) -> list[str]:
    return [f"/me/delete/keep/{a['keep_token']}/"] if who == "visitor" else ["/me/delete/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(LEAVER, frozenset(), r"^/(?!admin/)")]
