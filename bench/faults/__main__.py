"""Every promise about sending at full size, by one command, in one table.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.faults [--short] [R6 V2 …]

Runs the tests of `tests/faults/` one after the other in a database of their own; they need redis-server, and that of
V2 initdb. A control is the same scene with its protection switched off, and holds when the promise is broken.
What is simulated: the clock of R7 and R8 between ticks, and the six hours that R6 was down (its backlog is written with
instants that have passed, its limit is real). Processes, kills, brokers, databases, mail and push servers are real.
"""

import os
import sys
from pathlib import Path

import pytest

FULL = {
    "R1_PEOPLE": "3000",
    "R2_PEOPLE": "10000",
    "R2_BEATS_PEOPLE": "3000",
    "R2_BEATS_SECONDS": "120",
    "R3_PEOPLE": "10000",
    "R4_PEOPLE": "600",
    "R4_SECONDS": "120",
    "R6_PEOPLE": "50000",
    "R6_SECONDS": "900",
    "R6_RATE": "20",
    "R7_EVERY": "30",
    "R7_TICK": "5",
    "R8_PEOPLE": "100",
    "R8_SILENT_AFTER": "5",
    "V2_PEOPLE": "300",
}
PROMISED = {
    "R4_ON_TIME": "30",
    "R8_ON_TIME": "30",
}  # what a busy machine may not keep is asked for where time is measured
FOLDER = Path(__file__).resolve().parent.parent.parent / "tests" / "faults"
PROMISES = ["R1", "R2", "R3", "R4", "R6", "R7", "R8", "V2"]


class Table:
    """Collects what came of each scene."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, float]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and report.outcome == "passed":
            return
        file, name = report.nodeid.split("/")[-1].split("::")
        promise, words = file.split("_")[1].upper(), name.removeprefix("test_").replace("_", " ")
        came = "held" if report.outcome == "passed" else report.outcome
        figures = in_words(dict(report.user_properties).get("figures", ""))
        self.rows.append((promise, words, f"{came}  {figures}".rstrip(), report.duration))
        print(f"\n{promise}  {words}: {self.rows[-1][2]}", flush=True)

    def show(self) -> None:
        print(f"\n{'':4}{'scenario':72}{'time':>7}  outcome")
        for promise, words, outcome, seconds in self.rows:
            print(f"{promise:4}{words:72}{seconds:5.0f} s  {outcome}")


def in_words(figures: object) -> str:
    """Return figures as `due 300, lost 0, …`."""
    if not isinstance(figures, dict):
        return str(figures)
    return ", ".join(f"{name} {in_words(value)}" for name, value in figures.items())


def main() -> int:
    wanted = [word for word in sys.argv[1:] if word in PROMISES] or PROMISES
    asked = PROMISED if "--short" in sys.argv else PROMISED | FULL
    os.environ |= {name: os.environ.get(name, value) for name, value in asked.items()}
    table = Table()
    paths = [str(path) for one in wanted for path in sorted(FOLDER.glob(f"test_{one.lower()}_*.py"))]
    code = pytest.main([*paths, "-q", "-p", "no:cacheprovider", "-n", "0"], plugins=[table])
    table.show()
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
