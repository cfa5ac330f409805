"""Reports, decisions, an appeal and a block of the member's, and the pages of people."""

from datetime import timedelta
from typing import Any

from moderation.links import token_for
from moderation.models import ActionLog, Appeal, Decision, Report
from tests.kit.parts import Secret, Seed

REPORTED, DECIDED, APPEALED, LOGGED = "Wagtail was rude", "Yellowhammer, gently", "Bullfinch was mistaken", "fieldfared"
NOT_BY_LINK = r"^(?!.*/link/)"


def make(seed: Seed) -> dict[str, str]:
    person, about = seed.cast.member, {"about_kind": "event", "about_id": seed.event.uuid}
    Report.objects.create(
        reporter=person, person=seed.cast.owner, reason="unkind", words=REPORTED, created_at=seed.now, **about
    )
    told = [
        Decision.objects.create(
            person=person,
            decided_by=seed.cast.superuser,
            act=Decision.Act.WARN,
            words=DECIDED,
            created_at=seed.now - timedelta(days=days),
            **about,
        )
        for days in (3, 5)
    ]
    Appeal.objects.create(decision=told[1], words=APPEALED, created_at=seed.now)
    ActionLog.objects.create(act=LOGGED, at=seed.now, **about)
    people = {f"{name}_uuid": str(seed.cast.people[name].uuid) for name in ("member", "host", "blocked")}
    return {**people, "decision": str(told[0].uuid), "decision_link": token_for(told[0])}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/me/reports/new/": {
            "public": {"kind": "event", "uuid": a["event"]},
            "private": {"kind": "event", "uuid": a["private_event"]},
            "unknown": {"kind": "weather", "uuid": a["event"]},
        },
        r"^/me/decisions/link/": {"": {"token": a["decision_link"]}, "unknown": {"token": "not-a-token"}},
        r"^/(me|api/v1)/decisions/": {"own": {"uuid": a["decision"]}},
        r"^/(me|api/v1)/blocks/": {"own": {"uuid": a["blocked_uuid"]}},
        r"^/(groups|api/v1)/people/": {
            "fellow": {"uuid": a["host_uuid"]},
            "private": {"uuid": a["member_uuid"]},
        },
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    a = world.addresses()
    return {
        "/me/reports/new/<kind>/<uuid>/": {"reason": "spam"},
        "/api/v1/reports/": {"about_kind": "event", "about_id": a["event"], "reason": "spam"},
        "/me/decisions/<uuid>/": {"words": "I was not there."},
        "/me/decisions/link/<token>/": {"words": "I was not there."},
        "/api/v1/decisions/<uuid>/appeal/": {"words": "I was not there."},
        "/api/v1/blocks/": {"person": a["host_uuid"]},
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    if who == "visitor":
        return [f"/me/decisions/link/{a['decision_link']}/"]
    return [
        "/me/reports/", f"/me/reports/new/event/{a['event']}/", "/me/decisions/",
        "/me/blocks/", f"/groups/people/{a['host_uuid']}/", f"/groups/people/{a['member_uuid']}/",
    ]  # fmt: skip


def own_pages(a: dict[str, str]) -> list[str]:
    return ["/me/reports/", "/me/decisions/", f"/me/decisions/{a['decision']}/", "/me/blocks/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [
        Secret(REPORTED, frozenset({"member", "superuser"})),
        Secret(DECIDED, frozenset({"member", "superuser"}), NOT_BY_LINK),
        Secret(APPEALED, frozenset({"member", "superuser"})),
        Secret(LOGGED, frozenset({"superuser"})),
    ]
