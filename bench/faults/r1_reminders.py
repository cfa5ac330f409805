"""Promise R1 at full size: 3,000 due, a sender killed every 0.25 s; then the same with nobody killed.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.faults.r1_reminders

Runs in a database of its own beside the given one and takes several minutes.
"""

import os
import sys
from pathlib import Path

import pytest

PEOPLE = "3000"


def main() -> int:
    os.environ["R1_PEOPLE"] = PEOPLE
    test = Path(__file__).resolve().parent.parent.parent / "tests" / "faults" / "test_r1_no_reminder_lost.py"
    return pytest.main([str(test), "-v", "-k", "killed"])


if __name__ == "__main__":
    sys.exit(main())
