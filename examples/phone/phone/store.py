"""What the phone keeps, in one SQLite file: `said`, rows as the server's changes tell them, and an outbox of edits.

What the person sees is the one with the other laid over it, so an edit shows at once, with or without a connection.
Between them lies `fresh`: what replies said since the changes were last read to their end. A row that was made and
taken back between two readings is told of by nobody, so a reply is shown and never kept.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

type Fields = dict[str, Any]
type Verb = Literal["make", "change", "put", "delete"]

PERSON = "person"  # the name of the note that says whose all of it is: their UUID
TABLES = """
CREATE TABLE IF NOT EXISTS said (kind TEXT, key TEXT, fields TEXT, etag TEXT, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS fresh (kind TEXT, key TEXT, fields TEXT, etag TEXT, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, key TEXT, verb TEXT,
    fields TEXT, before TEXT, request TEXT, refused TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(frozen=True)
class Said:
    """A row as the server said. Without an `etag` it came with the changes, and is asked for before it is changed."""

    fields: Fields
    etag: str = ""


@dataclass(frozen=True)
class Request:
    """An edit as it was put into words for the server: sent again after a lost reply, it is the same to the letter."""

    body: Fields = field(default_factory=dict)
    if_match: str = ""
    key: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True)
class Edit:
    """Something that the person did. `before` is what stood in the changed `fields`; `request` is None until sent."""

    number: int
    kind: str
    key: str
    verb: Verb
    fields: Fields
    before: Fields
    request: Request | None = None
    refused: str = ""


class Store:
    """Each method is one transaction: the app may be killed between any two of them."""

    def __init__(self, path: str) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.executescript(TABLES)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all of the block or none of it."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def close(self) -> None:
        self._base.close()

    # What the server said ---------------------------------------------------------------------------
    def known(self, kind: str, key: str) -> Said | None:
        """Return the row as a reply said since the last reading, or as that had it; None if it is not there."""
        for table in ("fresh", "said"):
            if found := self._rows(table, kind, key):
                return found[0][1]
        return None

    def learn(self, kind: str, key: str, fields: Fields | None, etag: str = "") -> None:
        """Take a reply's word for a row, None: that it is gone, until the changes tell."""
        self._base.execute("REPLACE INTO fresh VALUES (?, ?, ?, ?)", (kind, key, _text(fields), etag))

    def keep(self, kind: str, key: str, fields: Fields) -> None:
        """Keep what the changes tell. The tag of the same words, if there is one, stays good."""
        before = self._rows("said", kind, key)
        etag = before[0][1].etag if before and before[0][1] and before[0][1].fields == fields else ""
        self._base.execute("REPLACE INTO said VALUES (?, ?, ?, ?)", (kind, key, _text(fields), etag))

    def forget(self, kind: str, key: str) -> None:
        self._base.execute("DELETE FROM said WHERE kind = ? AND key = ?", (kind, key))

    def settle(self) -> None:
        """The changes were read to their end: replies count no more, but for the tags of what is as they said."""
        same = "said.kind = fresh.kind AND said.key = fresh.key AND said.fields = fresh.fields"
        self._base.execute(f"UPDATE said SET etag = fresh.etag FROM fresh WHERE {same}")  # noqa: S608 - our words
        self._base.execute("DELETE FROM fresh")

    def keys(self, kind: str) -> list[str]:
        return [key for (key,) in self._base.execute("SELECT key FROM said WHERE kind = ?", (kind,))]

    def begin_anew(self) -> None:
        """Forget what the server said, and how far it was read; what waits to be sent stays."""
        with self.together():
            self._base.execute("DELETE FROM said")
            self.write_note("cursor", "")

    def clear(self) -> None:
        """Forget everything: somebody signed out."""
        with self.together():
            self._empty()

    def belong_to(self, person: str) -> None:
        """Be this person's from now on. Of anybody else's nothing stays; what nobody signed in for comes along."""
        with self.together():
            if self.read_note(PERSON) not in {"", person}:
                self._empty()
            self.write_note(PERSON, person)

    def _empty(self) -> None:
        for table in ("said", "fresh", "outbox", "notes"):
            self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - our words

    # What the person did ----------------------------------------------------------------------------
    def note(self, kind: str, key: str, verb: Verb, fields: Fields, before: Fields) -> None:
        row = (kind, key, verb, _text(fields), _text(before))
        self._base.execute("INSERT INTO outbox (kind, key, verb, fields, before) VALUES (?, ?, ?, ?, ?)", row)

    def waiting(self, kind: str = "", key: str = "") -> list[Edit]:
        """Return the edits not yet taken, oldest first; those that were refused are not among them."""
        return [one for one in self._edits("refused = ''") if kind in {"", one.kind} and key in {"", one.key}]

    def refused(self) -> list[Edit]:
        """Return what the server did not take, with its reason: for the person to look at."""
        return self._edits("refused != ''")

    def unsent(self) -> int:
        """Return how much is nowhere but here."""
        return len(self._edits("TRUE"))

    def rewrite(self, edit: Edit, *, fields: Fields, before: Fields) -> None:
        """Let an edit that was not sent yet say something else."""
        values = (_text(fields), _text(before), edit.number)
        self._base.execute("UPDATE outbox SET fields = ?, before = ? WHERE number = ?", values)

    def word(self, edit: Edit, request: Request | None) -> None:
        """Keep how the edit is put before it is sent; None: it is to be put anew."""
        text = _text(vars(request)) if request else None
        self._base.execute("UPDATE outbox SET request = ? WHERE number = ?", (text, edit.number))

    def refuse(self, edit: Edit, why: str) -> None:
        """Lay it aside with the server's words. Later changes of what it would have made become part of it."""
        self._base.execute("UPDATE outbox SET refused = ? WHERE number = ?", (why, edit.number))
        if edit.verb == "make":
            fields = edit.fields
            for later in self.waiting(edit.kind, edit.key):
                fields = fields | later.fields
                self.drop(later)
                if later.verb == "delete":
                    self.drop(edit)
            self.rewrite(edit, fields=fields, before=edit.before)

    def send_again(self, edit: Edit, fields: Fields) -> None:
        """Let what was refused wait again, saying `fields`: in other words, so under another key."""
        self.rewrite(edit, fields=fields, before=edit.before)
        self._base.execute("UPDATE outbox SET refused = '', request = NULL WHERE number = ?", (edit.number,))

    def drop(self, edit: Edit) -> None:
        self._base.execute("DELETE FROM outbox WHERE number = ?", (edit.number,))

    def _edits(self, where: str) -> list[Edit]:
        columns = "number, kind, key, verb, fields, before, request, refused"
        rows = self._base.execute(f"SELECT {columns} FROM outbox WHERE {where} ORDER BY number")  # noqa: S608 - our words
        return [
            Edit(number, kind, key, verb, json.loads(fields), json.loads(before), _request(request), refused)
            for number, kind, key, verb, fields, before, request, refused in rows
        ]

    # What the person sees ---------------------------------------------------------------------------
    def shown(self, kind: str) -> dict[str, Fields]:
        """Return the rows of a kind by their key, with replies and the outbox laid over them."""
        rows = {**dict(self._rows("said", kind)), **dict(self._rows("fresh", kind))}
        found: dict[str, Fields] = {key: row.fields for key, row in rows.items() if row is not None}
        for edit in self.waiting(kind):
            if edit.verb == "delete":
                found.pop(edit.key, None)
            elif edit.verb != "change" or edit.key in found:
                found[edit.key] = found.get(edit.key, {}) | edit.fields
        return found

    def _rows(self, table: str, kind: str, key: str = "") -> list[tuple[str, Said | None]]:
        sql = f"SELECT key, fields, etag FROM {table} WHERE kind = ? AND ? IN ('', key)"  # noqa: S608 - our words
        rows = self._base.execute(sql, (kind, key))
        return [(name, None if fields == "null" else Said(json.loads(fields), etag)) for name, fields, etag in rows]

    # How far it has read ----------------------------------------------------------------------------
    def read_note(self, name: str) -> str:
        row = self._base.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def write_note(self, name: str, value: str) -> None:
        self._base.execute("REPLACE INTO notes VALUES (?, ?)", (name, value))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _request(text: str | None) -> Request | None:
    return Request(**json.loads(text)) if text else None
