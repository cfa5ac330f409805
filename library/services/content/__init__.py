"""The library as content files (`library/content/*.yaml`): loaded, dumped, and kept as versions."""

from library.services.content.changes import changed, delete, keep_as_found
from library.services.content.dumping import dump_library
from library.services.content.files import ContentError
from library.services.content.loading import Loaded, load_library

__all__ = ["ContentError", "Loaded", "changed", "delete", "dump_library", "keep_as_found", "load_library"]
