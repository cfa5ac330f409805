"""Ways in: somebody asks to join each group, and each has an invitation."""

from datetime import timedelta
from typing import Any

from groups.models import Invitation, JoinRequest
from notifications.tokens import hash_of
from tests.kit.parts import Secret, Seed

TOKEN, HIDDEN_TOKEN = "a-token-to-join-by", "a-token-nobody-was-given"  # it would show the hidden group
WORDS, NOTE, HIDDEN_NOTE = "I come with my old terrier", "For the choir", "For the wood carvers"


def make(seed: Seed) -> dict[str, str]:
    until, found = seed.now + timedelta(days=7), {}
    rows = [("", seed.cast.group, TOKEN, NOTE), ("private_", seed.private_group, HIDDEN_TOKEN, HIDDEN_NOTE)]
    for name, group, token, note in rows:
        asked = JoinRequest.objects.create(group=group, person=seed.cast.applicant, words=WORDS, expires_at=until)
        link = Invitation.objects.create(
            group=group, invited_by=seed.cast.host, note=note, token_hash=hash_of(token), expires_at=until
        )
        found |= {f"{name}join_request": str(asked.uuid), f"{name}invitation": str(link.uuid)}
    return {**found, "join_token": TOKEN}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    def of(name: str, address: str, group: str) -> dict[str, dict[str, object]]:
        return {
            "public": {address: a[group], "uuid": a[name]},
            "private": {address: a[f"private_{group}"], "uuid": a[f"private_{name}"]},
        }

    return {
        r"^/(groups|api/v1)/invitations/<token>/": {
            "": {"token": a["join_token"]},
            "unknown": {"token": "not-a-token"},
        },
        r"^/groups/<slug>/requests/": of("join_request", "slug", "group"),
        r"^/groups/<slug>/invitations/": of("invitation", "slug", "group"),
        r"^/api/v1/groups/<group>/requests/": of("join_request", "group", "group_uuid"),
        r"^/api/v1/groups/<group>/invitations/": of("invitation", "group", "group_uuid"),
        r"^/api/v1/groups/<group>/(look|take-part)/": {
            "public": {"group": a["group_uuid"]},
            "private": {"group": a["private_group_uuid"]},
        },
    }


def bodies(_world: Any) -> dict[str, dict[str, object]]:
    invitation = {"note": "For the neighbours", "most_uses": 3, "days": 7}
    return {
        "/groups/<slug>/ask/": {"words": "Hello"},
        "/groups/<slug>/invitations/": invitation,
        "/api/v1/groups/<group>/requests/": {"words": "Hello"},
        "/api/v1/groups/<group>/invitations/": invitation,
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    if who == "visitor":
        return [f"/groups/invitations/{a['join_token']}/", "/groups/invitations/no-such-token/"]
    return [f"/groups/{a['group']}/{page}/" for page in ("requests", "invitations")]


def secrets(_a: dict[str, str]) -> list[Secret]:
    hosts = frozenset({"owner", "host"})
    return [Secret(WORDS, hosts | {"applicant"}), Secret(NOTE, hosts), Secret(HIDDEN_NOTE, hosts)]
