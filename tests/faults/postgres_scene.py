"""A PostgreSQL of one's own, with the tables and rows of the test database, to stop and start."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.faults.reminder_scene import database_url
from tests.kit.mail_sink import free_port

OPERATOR = "postgres"  # the server refuses to run as root
SPEED = {"shared_buffers": "32MB", "max_connections": "60"}


def programs() -> Path | None:
    """Return where `initdb` and its like are, the newest, or None when there are none."""
    found = shutil.which("initdb")
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    return Path(found).resolve().parent if found else newest[-1].parent if newest else None


@dataclass
class OwnPostgres:
    """A cluster that nobody else uses: `url` leads to the copy of the test database."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://{OPERATOR}@127.0.0.1:{self.port}/mindmove"

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()

    def do(self, sql: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(sql)

    def stop(self, how: str = "immediate") -> None:
        """End it at once, as a crash would: what it was doing is undone when it starts again. Or "fast", in order."""
        self._control("stop", "-m", how)

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        settings = " ".join(f"-c {name}={value}" for name, value in SPEED.items())
        where = f"-c listen_addresses=127.0.0.1 -p {self.port} -c unix_socket_directories={self.folder}"
        self._control("start", "-l", str(self.folder / "log"), "-o", f"{where} {settings}")

    def _control(self, *words: str) -> None:
        run("pg_ctl", "-D", str(self.folder / "data"), "-w", *words)


def run(program: str, *words: str) -> None:
    folder = programs()
    assert folder is not None
    user = OPERATOR if os.geteuid() == 0 else None
    subprocess.run([str(folder / program), *words], check=True, user=user, stdout=subprocess.DEVNULL, timeout=60)


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Run one while the block runs; it begins with everything that the test database holds."""
    folder = Path(tempfile.mkdtemp(prefix="own-postgres-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, OPERATOR)
    postgres = OwnPostgres(folder, free_port())
    try:
        run("initdb", "-D", str(folder / "data"), "-U", OPERATOR, "-A", "trust", "-E", "UTF8", "--no-sync")
        postgres.start()
        copy_into(postgres)
        yield postgres
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            postgres.stop()
        shutil.rmtree(folder)


def copy_into(postgres: OwnPostgres) -> None:
    with psycopg.connect(postgres.url.replace("/mindmove", "/postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE mindmove")
    folder = programs()
    with subprocess.Popen([f"{folder}/pg_dump", "--no-owner", database_url()], stdout=subprocess.PIPE) as dump:
        command = [f"{folder}/psql", "--quiet", "-v", "ON_ERROR_STOP=1", postgres.url]
        subprocess.run(command, stdin=dump.stdout, check=True, stdout=subprocess.DEVNULL, timeout=60)
    assert dump.returncode == 0
