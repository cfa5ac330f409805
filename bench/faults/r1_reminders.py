"""Promise R1 at full size: 3,000 due, a sender killed every 0.25 s; then the same with nobody killed.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.faults.r1_reminders

Runs in a database of its own beside the given one and takes several minutes.
"""

import os
import sys
from pathlib import Path

import pytest

PEOPLE = "3000"


class Figures:
    """Prints what came of each run."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            print(f"\n{report.nodeid}: {dict(report.user_properties)} in {report.duration:.0f} s")


def main() -> int:
    os.environ["R1_PEOPLE"] = PEOPLE
    test = Path(__file__).resolve().parent.parent.parent / "tests" / "faults" / "test_r1_no_reminder_lost.py"
    return pytest.main([str(test), "-v", "-k", "killed"], plugins=[Figures()])


if __name__ == "__main__":
    sys.exit(main())
