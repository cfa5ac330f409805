"""Messages: one that the member may read in the inbox, one of a kind that is no more, and a question about a kind."""

from datetime import timedelta
from typing import Any

from notifications.models import Notification, Pace
from tests.kit.parts import Secret, Seed

OLD_KIND = "a-kind-of-the-past"
HELD = "You wanted no reminders on these days."


def make(seed: Seed) -> dict[str, str]:
    at = seed.now - timedelta(hours=1)
    for kind in (OLD_KIND, "session_cue"):
        told = Notification.objects.create(
            person=seed.cast.member, kind=kind, about_id="1", dedupe_key=f"told:{kind}", due_at=at, created_at=at
        )
        told.deliveries.filter(channel="inbox").update(state="sent", sent_at=at)
        told.deliveries.filter(channel="email").update(state="suppressed", reason="messages_paused")
    Pace.objects.create(person=seed.cast.member, kind="session_cue", asked_at=at, every=8)
    return {"message": str(told.uuid)}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {r"^/messages/<uuid>/": {"own": {"uuid": a["message"]}}}


def bodies(world: Any) -> dict[str, dict[str, object]]:
    answer: dict[str, object] = {"kind": "session_cue", "answer": "fewer"}
    return {
        "/messages/choose/": {"wanted": ["session_cue:email"]},
        "/messages/pace/": answer,
        "/messages/read/": {"until": world.event.starts_at.isoformat()},
        "/messages/fewer/<token>/": {"answer": "fewer"},
        "/api/v1/me/messages/seen/": {"uuids": [world.addresses()["message"]]},
        "/api/v1/me/messages/settings/": {"kind": "session_cue", "every": 2},
        "/api/v1/me/messages/pace/": answer,
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    return ["/messages/receipts/", "/messages/held/", "/messages/settings/"] if who == "member" else []


def own_pages(a: dict[str, str]) -> list[str]:
    return ["/messages/", "/messages/held/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [
        Secret(OLD_KIND, frozenset({"member"}), r"^/api/v1/me/messages/$"),
        Secret(a["message"], frozenset({"member"}), r"^/(messages/$|api/v1/me/messages/)"),
        Secret('value="8" selected', frozenset({"member"}), r"^/messages/settings/$"),
        Secret(HELD, frozenset({"member"}), r"^/messages/held/$"),
    ]
