"""Which tests cannot tell one database, or a service, from another: CI runs them on SQLite and need not again.

A test that asks for no database is refused one by pytest-django, so what it says hangs on neither. Those that start
other processes, or look at the connection or the settings without asking it anything, stay in both passes.
"""

import inspect
import re
from functools import cache
from types import ModuleType

import pytest

ASKED_FOR = {"django_db_setup", "db", "transactional_db", "live_server"}
LOOKS_FURTHER = re.compile(
    r"\b(subprocess|multiprocessing|connections?|redis|celery|environ|DATABASES|CACHES)\b", re.IGNORECASE
)
ABOUT_SERVICES = re.compile(r"^tests/(faults|browser|journeys|mindmove)/")


def knows_no_service(item: pytest.Item) -> bool:
    """Whether the test needs nothing that differs between the two passes."""
    if ABOUT_SERVICES.match(item.nodeid) or {"django_db", "locks", "worker", "browser"} & set(item.keywords):
        return False
    if ASKED_FOR & set(getattr(item, "fixturenames", ())):
        return False
    module = getattr(item, "module", None)
    return module is not None and not _looks_further(module)


@cache
def _looks_further(module: ModuleType) -> bool:
    return LOOKS_FURTHER.search(inspect.getsource(module)) is not None
