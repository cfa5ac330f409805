"""Reading what changed since the last time, page by page, and forgetting what is gone."""

from typing import Any

from mindmove_client import AuthenticatedClient
from mindmove_client.api.sync import changes_retrieve
from mindmove_client.models import ChangesPage
from mindmove_client.types import UNSET

from phone.replies import taken
from phone.store import Fields, Store

CURSOR = "cursor"
START_AGAIN = 410
ANSWERS = {"waitlisted": "going"}  # whoever stands in line said going


def read_changes(client: AuthenticatedClient, store: Store) -> int:
    """Read until there is nothing new; return how many changes there were. Raises NotTaken."""
    count, has_more = 0, True
    while has_more:
        reply = changes_retrieve.sync_detailed(client=client, cursor=store.read_note(CURSOR) or UNSET)
        if reply.status_code == START_AGAIN and store.read_note(CURSOR):
            store.begin_anew()
            continue
        page = taken(reply, ChangesPage)
        with store.together():  # the cursor moves with what it stands for
            for change in page.changes:
                _keep(store, change.to_dict())
            store.write_note(CURSOR, page.cursor)
            if not page.has_more:
                store.settle()
        count, has_more = count + len(page.changes), page.has_more
    return count


def _keep(store: Store, change: Fields) -> None:
    kind, key, data = change["kind"], change["key"], change["data"]
    if kind == "enrollment":
        _keep_days(store, key, (data or {}).get("day_changes", []))
    if data is None:
        store.forget(kind, key)
    elif kind == "rsvp":
        store.keep(kind, key, {**data, "answer": ANSWERS.get(data["status"], data["status"])})
    else:
        store.keep(kind, key, data)


def _keep_days(store: Store, plan: str, days: list[Any]) -> None:
    """Keep the moved days of a plan as rows of their own, so that each can be edited alone."""
    wanted = {f"{plan}/{day['planned_on']}": day for day in days}
    for key in store.keys("day"):
        if key.startswith(f"{plan}/") and key not in wanted:
            store.forget("day", key)
    for key, day in wanted.items():
        store.keep("day", key, day)
