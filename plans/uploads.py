"""Taking the file of an activity."""

from core.uploads import InMemory as AnyFile
from core.uploads import taken_by
from plans.imports.summary import MAX_BYTES


class InMemory(AnyFile):
    """One file, as large as may be read."""

    most_bytes = MAX_BYTES


in_memory = taken_by(InMemory)
