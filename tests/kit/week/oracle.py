"""What may never happen, however the week went: told by what each side saw when it wrote."""

from dataclasses import dataclass, field
from typing import Any

type Row = dict[str, Any]


@dataclass
class Oracle:
    """Keeps account of a week. A word of a note is `replaced` once somebody wrote over it who had it before them."""

    made: dict[str, None] = field(default_factory=dict)  # in order, so that a seed is a story
    deleted: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    wrote: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def note_made(self, side: str, key: str, fields: Row) -> None:
        self.made[key] = None
        self._note_words(key, "", fields)

    def note_changed(self, side: str, key: str, seen: Row, fields: Row) -> None:
        self._note_words(key, seen.get("note") or "", fields)
        for name, value in fields.items():
            self.wrote.setdefault((key, name), {})[side] = value

    def latest(self, logs: dict[str, Row], count: int) -> list[str]:
        """Return the keys of the logs that were made last, of those that a side sees."""
        return [key for key in self.made if key in logs][-count:]

    def _note_words(self, key: str, seen: str, fields: Row) -> None:
        if "note" in fields:
            self.replaced |= set(seen.split())
            self.words.setdefault(key, set()).update(fields["note"].split())

    def faults(self, logs: dict[str, Row]) -> list[str]:
        """Return what went wrong, given what the site has in the end."""
        found = [f"log {key} is not there" for key in sorted(self.made.keys() - self.deleted - logs.keys())]
        found += [f"log {key} came back" for key in sorted(self.deleted & logs.keys())]
        found += [f"log {key} is there and nobody made it" for key in sorted(logs.keys() - self.made.keys())]
        for key, row in logs.items():
            kept = set((row["note"] or "").split())
            gone = self.words.get(key, set()) - self.replaced - kept
            found += [f"log {key}: nobody replaced “{word}”, and it is not there" for word in sorted(gone)]
        return found + self._overruled(logs)

    def _overruled(self, logs: dict[str, Row]) -> list[str]:
        """Name the fields that one side alone changed and that say something else."""
        return [
            f"log {key}: {side} alone changed {name} to {value!r}, and it is {logs[key][name]!r}"
            for (key, name), by in self.wrote.items()
            for side, value in by.items()
            if len(by) == 1 and key in logs and name != "note" and logs[key][name] != value
        ]

    def conflicts(self) -> int:
        """Return how many fields more than one side changed, and how many logs one side deleted and another changed."""
        both = sum(len(by) > 1 for by in self.wrote.values())
        return both + len(self.deleted & {key for key, _name in self.wrote})

    def next_week(self) -> None:
        """Everybody knows everything now; what was made and deleted counts on."""
        self.wrote.clear()
