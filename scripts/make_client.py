"""Make the typed Python client of the API from its document.

    .venv/bin/python scripts/make_client.py var/client

leaves the package `mindmove_client` in that directory. A warning, or an operation that was left out, is an error of
the document: the command then ends with 1.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "openapi.json"
CONFIG = ROOT / "examples" / "phone" / "client.yaml"
NAME = "mindmove_client"


def make_client(document: Path, into: Path) -> int:
    """Return what the generator ends with; `into` need not exist."""
    into.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--overwrite"]
    command += ["--fail-on-warning", "--config", str(CONFIG)]
    command += ["--path", str(document), "--output-path", str(into / NAME)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("into", type=Path)
    parser.add_argument("--document", type=Path, default=DOCUMENT)
    asked = parser.parse_args()
    raise SystemExit(make_client(asked.document, asked.into))
