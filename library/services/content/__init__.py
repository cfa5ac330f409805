"""Content files (`library/content/*.yaml`) into the database."""

from library.services.content.files import ContentError
from library.services.content.loading import Loaded, load_library

__all__ = ["ContentError", "Loaded", "load_library"]
