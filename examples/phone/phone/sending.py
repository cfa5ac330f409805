"""Emptying the outbox, oldest first, in batches. Each edit is put into words once, and sent so until it is answered."""

import json
from enum import Enum
from uuid import UUID

from mindmove_client import AuthenticatedClient
from mindmove_client.api.batch import batch_create
from mindmove_client.api.logs import logs_retrieve
from mindmove_client.models import BatchRequest, Log, Outcome, Outcomes

from phone.merge import merged
from phone.replies import problem_of, taken
from phone.store import Edit, Fields, Request, Said, Store
from phone.wire import part_of

AT_ONCE = 50
MOST_BYTES = 200 * 1024  # the server takes 256 KB; the rest is for what is put around
WHOLE = {400, 413}  # a batch that could not be read: one of it is at fault
TAKEN = range(200, 300)
GONE = {404, 410}
NEVER_WAS = 404  # to what is made here, that is said of something it names
CHANGED, KEY_TAKEN = 412, 422
LATER = {401, 408, 425, 426, 429, 500, 502, 503, 504}
REPLAYED, RETRY = "idempotent-replayed", "retry-after"

type Batch = list[tuple[Edit, Request]]


class Ended(Enum):
    """How the sending ended."""

    EMPTY = "Everything is said."
    REFUSED = "Some of it was not taken. Please look at it."
    LATER = "Some of it has to wait."
    SIGNED_OUT = "Please sign in again. Nothing is lost: what waits is sent then."


def send_all(client: AuthenticatedClient, store: Store) -> Ended:
    """Send what waits. A connection that breaks leaves the edits, and their words, for the next time."""
    while batch := _next(client, store):
        if not _send(client, store, batch):
            return Ended.LATER
    return Ended.REFUSED if store.refused() else Ended.EMPTY


def _send(client: AuthenticatedClient, store: Store, batch: Batch) -> bool:
    """Send a batch, in halves if it is not taken whole, until the fault stands alone. False: some has to wait."""
    parts = [part_of(edit, request) for edit, request in batch]
    reply = batch_create.sync_detailed(client=client, body=BatchRequest(items=parts))
    if reply.status_code in WHOLE:
        if len(batch) == 1:
            store.refuse(batch[0][0], problem_of(reply).detail or str(int(reply.status_code)))
            return True
        half = len(batch) // 2
        first = _send(client, store, batch[:half])
        return _send(client, store, batch[half:]) and first
    outcomes = taken(reply, Outcomes).items  # in the order in which they were asked for
    settled = [_settle(client, store, edit, said) for (edit, _), said in zip(batch, outcomes, strict=True)]
    return all(settled)


def _next(client: AuthenticatedClient, store: Store) -> Batch:
    """Return the oldest edit of each row, put into words: the next one of a row builds on what becomes of the first."""
    oldest: dict[tuple[str, str], Edit] = {}
    for edit in store.waiting():
        oldest.setdefault((edit.kind, edit.key), edit)
    found: Batch = []
    room = MOST_BYTES
    for edit in oldest.values():
        if len(found) < AT_ONCE and room > 0 and (request := edit.request or _word(client, store, edit)):
            room -= weight_of(edit, request)
            if room >= 0 or not found:  # what is too large alone goes alone
                found.append((edit, request))
    return found if found or not oldest else _next(client, store)  # with nothing to say, those behind come forward


def weight_of(edit: Edit, request: Request) -> int:
    """Return how many bytes of a batch this is."""
    return len(json.dumps(part_of(edit, request).to_dict(), ensure_ascii=False).encode())


def _word(client: AuthenticatedClient, store: Store, edit: Edit) -> Request | None:
    """Put the edit into words and keep them. None: there is nothing to say, and the edit is gone or laid aside."""
    request = Request(body=edit.fields)
    if edit.kind == "log" and edit.verb == "change":
        said = _known(client, store, edit.key)
        body = merged(edit.fields, edit.before, said.fields) if said else {}
        if said is None or not body:
            store.drop(edit)
            return None
        request = Request(body=body, if_match=said.etag)
    try:
        part_of(edit, request)
    except (TypeError, ValueError) as fault:  # no words for it: the client's models found it before the server did
        store.refuse(edit, str(fault))
        return None
    store.word(edit, request)
    return request


def _known(client: AuthenticatedClient, store: Store, key: str) -> Said | None:
    """Return the log as the server has it, with its tag; None if it is no more."""
    known = store.known("log", key)
    if known is None or not known.etag:
        _read_anew(client, store, key)
        known = store.known("log", key)
    return known


def _read_anew(client: AuthenticatedClient, store: Store, key: str) -> None:
    """Learn how the log is now, or that it is no more."""
    reply = logs_retrieve.sync_detailed(UUID(key), client=client)
    if reply.status_code in GONE:
        store.learn("log", key, None)
    else:
        store.learn("log", key, taken(reply, Log).to_dict(), reply.headers.get("ETag", ""))


def _learn(store: Store, edit: Edit, said: Fields, etag: str) -> None:
    if edit.kind == "log":
        store.learn("log", edit.key, Log.from_dict(said).to_dict(), etag)
        return
    known = store.known(edit.kind, edit.key)
    store.learn(edit.kind, edit.key, {**(known.fields if known else {}), **edit.fields})


def _words(said: Fields) -> str:
    """Return what the server says to the person: what is wrong with each field, or with the whole."""
    errors = [f"{one['field']}: {one['message']}" for one in said.get("errors") or []]
    return " ".join(errors) or str(said.get("detail") or "")


def _settle(client: AuthenticatedClient, store: Store, edit: Edit, outcome: Outcome) -> bool:
    """Write down what the answer means. False: it has to wait."""
    headers, said = outcome.headers.additional_properties, outcome.body or {}
    if outcome.status in LATER or (outcome.status not in TAKEN and RETRY in headers):
        return False
    if outcome.status in {CHANGED, KEY_TAKEN}:
        store.word(edit, None)
    is_gone = outcome.status in GONE and (outcome.status != NEVER_WAS or edit.verb != "make")
    with store.together():
        if is_gone or (outcome.status in TAKEN and edit.verb == "delete"):
            store.learn(edit.kind, edit.key, None)
            store.drop(edit)
        elif outcome.status in TAKEN:
            _learn(store, edit, said, headers.get("etag", ""))
            store.drop(edit)
        elif outcome.status not in {CHANGED, KEY_TAKEN}:
            store.refuse(edit, _words(said) or str(outcome.status))
    if edit.kind == "log" and (outcome.status == CHANGED or (REPLAYED in headers and not is_gone)):
        _read_anew(client, store, edit.key)  # what a replayed answer says was true when it was first given
    return True
