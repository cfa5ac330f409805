"""What there is now beside what a person's devices have been told, and how the two differ. No rows, no clock."""

from dataclasses import dataclass, field
from uuid import UUID

type Name = tuple[str, str]  # the kind of a thing, and its key among those of its kind

GONE = ""  # the version of what is no longer there
UNKNOWN = "?"  # of what was told while it changed: it is told again


@dataclass(frozen=True)
class Told:
    """One thing as it was told last."""

    version: str
    position: int

    @property
    def is_gone(self) -> bool:
        return self.version == GONE


@dataclass(frozen=True)
class Clock:
    """How far the positions have come, in which shadow, and up to where what is gone may be forgotten."""

    epoch: UUID
    position: int
    pruned_position: int


@dataclass(frozen=True)
class Shadow:
    """Versions as they are (`now`) and as they were told, both read in one moment. No clock: nothing was ever told."""

    clock: Clock | None
    now: dict[Name, str] = field(default_factory=dict)
    told: dict[Name, Told] = field(default_factory=dict)

    def differences(self) -> dict[Name, str]:
        """Return what has to be told, each with its version now (GONE: it is not there any more), in a fixed order."""
        fresh = {name: version for name, version in self.now.items() if self._version_told(name) != version}
        gone = {name: GONE for name, told in self.told.items() if not told.is_gone and name not in self.now}
        return {**fresh, **gone}

    def beyond(self, position: int, *, base: int = 0) -> list[tuple[Name, Told]]:
        """Return what was told after `position`, oldest first, but for what was gone at `base` already."""
        found = [
            (name, told)
            for name, told in self.told.items()
            if told.position > position and not (told.is_gone and told.position <= base)
        ]
        return sorted(found, key=lambda one: one[1].position)

    def _version_told(self, name: Name) -> str | None:
        told = self.told.get(name)
        return told.version if told else None
