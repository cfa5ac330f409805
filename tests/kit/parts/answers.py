"""Answers: the link of a mail to the member, a reply that was kept for them, and who is coming."""

from typing import Any

from accounts.services.once import Reply, begin, keep
from groups.models import AnswerLink
from notifications.tokens import hash_of
from tests.kit.parts import Secret, Seed

TOKEN = "a-token-to-answer-by"
QUIET = "Quentin"  # who answers quietly, in `tests.kit.world`


def make(seed: Seed) -> dict[str, str]:
    said = {"event": seed.event, "person": seed.cast.member, "expires_at": seed.event.ends_at}
    AnswerLink.objects.create(token_hash=hash_of(TOKEN), **said)
    kept: Any = begin(person=seed.cast.member, key="a-key-of-a-phone", request_hash="", now=seed.now)
    keep(kept, Reply(200, "application/json", b"{}"), person=seed.cast.member, key="a-key-of-a-phone")
    return {"answer_token": TOKEN}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/groups/answers/": {"": {"token": a["answer_token"]}, "unknown": {"token": "not-a-token"}},
        r"^/api/v1/events/<event>/answers/": {
            "public": {"event": a["event"]},
            "private": {"event": a["private_event"]},
        },
    }


def bodies(world: object) -> dict[str, dict[str, object]]:
    person = str(world.cast.member.uuid)  # type: ignore[attr-defined]
    return {
        "/groups/answers/<token>/": {"answer": "maybe"},
        "/api/v1/events/<event>/answers/": {"person": person},
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    return [f"/groups/answers/{a['answer_token']}/"] if who == "visitor" else []


def secrets(a: dict[str, str]) -> list[Secret]:
    return [Secret(QUIET, frozenset({"owner", "host"}), r"^/api/v1/events/[^/]+/answers/")]
