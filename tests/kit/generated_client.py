"""The typed client that a developer generates from docs/openapi.json: made once, for all processes of a run."""

import fcntl
import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from tests.kit.source import ROOT

DOCUMENT = ROOT / "docs" / "openapi.json"
MADE_BY = [ROOT / "scripts" / "make_client.py", ROOT / "examples" / "phone" / "client.yaml"]
PHONE = ROOT / "examples" / "phone"


def generate(into: Path, document: Path = DOCUMENT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(MADE_BY[0]), str(into), "--document", str(document)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def generated_client() -> Path:
    """Return the directory that holds `mindmove_client`, named after what it is made of.

    Whoever comes first makes it; processes beside it wait. Raises on what the generator complains of.
    """
    made_of = [version("openapi-python-client").encode(), *(path.read_bytes() for path in [DOCUMENT, *MADE_BY])]
    into = ROOT / "var" / "test-client" / hashlib.sha256(b"".join(made_of)).hexdigest()[:16]
    into.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{into}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (into / "whole").exists():
            done = generate(into)
            if done.returncode:
                raise AssertionError(done.stdout + done.stderr)
            (into / "whole").touch()
    return into


def import_phone() -> None:
    """Let `phone`, the example app, and the client that it is written on be imported."""
    for path in (str(generated_client()), str(PHONE)):
        if path not in sys.path:
            sys.path.insert(0, path)
