"""How the database is opened: SQLite on one machine, PostgreSQL when deployed."""

from typing import Any

import environ

env = environ.Env()


def database_settings(default_url: str) -> dict[str, Any]:
    """Return the connection of `DATABASE_URL`, with the options that this product relies on."""
    found: dict[str, Any] = env.db("DATABASE_URL", default=default_url)
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return found | {"OPTIONS": _sqlite()}
    # A pooled or kept connection is tried before use, so that a restarted server is met by a new one.
    return found | {"OPTIONS": found.get("OPTIONS", {}) | _postgresql(), "CONN_HEALTH_CHECKS": True}


def _sqlite() -> dict[str, Any]:
    # A write lock taken at BEGIN serialises writers, which stands in for row locks (docs/decisions).
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }


def _postgresql() -> dict[str, Any]:
    """Return timeouts (milliseconds, 0: none) and the pool (0: none, which suits worker processes)."""
    limits = {
        "statement_timeout": env.int("DATABASE_STATEMENT_TIMEOUT_MS", default=20_000),
        "lock_timeout": env.int("DATABASE_LOCK_TIMEOUT_MS", default=10_000),
        "idle_in_transaction_session_timeout": 60_000,
        "jit": "off",  # compiling a query takes longer than any of ours runs
        "random_page_cost": 1.1,  # no disk turns any more: an index is worth it sooner than the server's default says
    }
    options: dict[str, Any] = {
        "connect_timeout": 5,
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    size = env.int("DATABASE_POOL", default=8)
    if size:
        # Each try to connect again waits twice as long as the one before, until `reconnect_timeout` begins anew: short,
        # so that the site is back within seconds however long the database was away.
        options["pool"] = {"min_size": 1, "max_size": size, "timeout": 5, "reconnect_timeout": 5}
    return options
