"""A migrated, empty database that is made once and copied: migrating takes each process ten seconds.

It is kept under a name that holds what the migrations, the models and the pinned packages say, so that a change in
any of them makes a new one. `migrate` still runs on each copy, and finds nothing to do.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "tests"
READ = ["*/migrations/*.py", "*/models.py", "*/models/*.py", "*/apps.py", "mindmove/settings/*.py", "requirements*.txt"]


def start_from_copy() -> None:
    """Let the test database of this process begin as a copy of the migrated one, which is made if it is not there."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time():
        if connection.vendor == "sqlite":
            _copy_file()
        else:
            _name_template()


def _copy_file() -> None:
    kept, mine = KEPT / f"{_stamp()}.sqlite3", Path(connection.settings_dict["TEST"]["NAME"])
    if not kept.exists():
        for old in KEPT.glob("*.sqlite3*"):
            old.unlink()
        making = kept.with_suffix(".sqlite3-new")
        _make(str(making))
        making.rename(kept)
    shutil.copyfile(kept, mine)


def _name_template() -> None:
    kept = f"mindmove_tests_{_stamp()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [kept])
        is_there = cursor.fetchone() is not None
    if not is_there:
        _make(f"{kept}_new")
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{kept}_new" RENAME TO "{kept}"')
    connection.settings_dict["TEST"]["TEMPLATE"] = kept


def _make(name: str) -> None:
    """Create the database `name` by the migrations, and leave it."""
    test, usual = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    own, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.creation.destroy_test_db(usual, verbosity=0, keepdb=True)
        if connection.vendor == "postgresql":
            connection.close_pool()  # a template must be in nobody's use
    finally:
        test["NAME"] = own


def _stamp() -> str:
    found = hashlib.sha256()
    for path in sorted({path for pattern in READ for path in ROOT.glob(pattern)}):
        found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
