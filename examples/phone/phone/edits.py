"""Noting in the outbox what the person does. No connection is needed, and each edit shows at once.

Keys: a log's is its UUID, made here; an answer's that of the event; a day's `plan/date`; a mark's `sense/kind/slug`.
"""

from datetime import UTC, date, datetime, time
from uuid import uuid4

from phone.store import Edit, Fields, Store


def note_log(store: Store, done_at: datetime | None = None, **fields: object) -> str:
    """Note something done, now unless it says when; return its key."""
    key = str(uuid4())
    done = (done_at or datetime.now(UTC)).isoformat()
    store.note("log", key, "make", {**fields, "done_at": done}, {})
    return key


def change_log(store: Store, key: str, **fields: object) -> None:
    """Change what is named. What was not sent yet simply says something else."""
    with store.together():
        shown = store.shown("log").get(key)
        if shown is None:
            return
        before: Fields = {name: shown.get(name) for name in fields}
        last = _last(store, "log", key)
        if last is not None and last.request is None:
            store.rewrite(last, fields={**last.fields, **fields}, before={**before, **last.before})
        else:
            store.note("log", key, "change", {**fields}, before)


def delete_log(store: Store, key: str) -> None:
    """Take a log back. One that never left the phone leaves no trace."""
    with store.together():
        unsent = _not_on_the_way(store, "log", key)
        for edit in unsent:
            store.drop(edit)
        if not any(edit.verb == "make" for edit in unsent):
            store.note("log", key, "delete", {}, {})


def answer_event(store: Store, event: str, answer: str) -> None:
    """Say going, maybe or declined."""
    _put(store, "rsvp", event, {"answer": answer})


def move_day(store: Store, plan: str, planned_on: date, moved_to: date | None, at: time | None = None) -> None:
    """Put the step of a day elsewhere; None to rest. Without a time it keeps the one it was given when it was moved.

    The server keeps no time for what is put anew without one: it is said each time. None is that of the plan.
    """
    key = f"{plan}/{planned_on}"
    kept = store.shown("day").get(key, {}).get("at_time")
    at_time = None if moved_to is None else f"{at:%H:%M:%S}" if at else kept
    _put(store, "day", key, {"moved_to": moved_to and str(moved_to), "at_time": at_time})


def undo_move(store: Store, plan: str, planned_on: date) -> None:
    _put(store, "day", f"{plan}/{planned_on}", None)


def mark(store: Store, sense: str, kind: str, slug: str, *, is_on: bool) -> None:
    """Set or take back a mark: `bookmark` or `read`."""
    _put(store, "mark", f"{sense}/{kind}/{slug}", {} if is_on else None)


def _put(store: Store, kind: str, key: str, fields: Fields | None) -> None:
    """Note how something is to be, None: not at all. Only the last word counts, so it replaces what was not sent."""
    with store.together():
        for edit in _not_on_the_way(store, kind, key):
            store.drop(edit)
        store.note(kind, key, "delete" if fields is None else "put", fields or {}, {})


def change_refused(store: Store, edit: Edit, **fields: object) -> None:
    """Send again what the server did not take, with what is named put otherwise."""
    with store.together():
        store.send_again(edit, edit.fields | fields)


def throw_away(store: Store, edit: Edit) -> None:
    """Let go of what the server did not take."""
    store.drop(edit)


def _not_on_the_way(store: Store, kind: str, key: str) -> list[Edit]:
    """Return the edits of a row that the server cannot have taken: never put into words, or refused."""
    refused = [edit for edit in store.refused() if (edit.kind, edit.key) == (kind, key)]
    return [*refused, *(edit for edit in store.waiting(kind, key) if edit.request is None)]


def _last(store: Store, kind: str, key: str) -> Edit | None:
    waiting = store.waiting(kind, key)
    return waiting[-1] if waiting else None
