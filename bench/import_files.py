"""How long, and how much memory, the worst files take to read or to refuse.

    python bench/import_files.py [--rounds 3]

Every file of the hostile corpus (tests/kit/tracks.py), and a day's worth of points in each format, is read in a
process of its own. Prints seconds of processor time (the best of the rounds) and megabytes that reading added. The
promise is one second and 200 MB.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.kit.tracks import BOMBS, fit, gpx, segment
from tests.plans.imports.test_hostile import READER, ROOT

GOOD = {
    "a GPX of 50,000 points with heart": lambda: gpx(*[segment(minutes=99, heart=120)] * 500),
    "a GPX of 50,000 points": lambda: gpx(*[segment(minutes=99)] * 500),
    "a FIT of 60,000 records": lambda: fit(records=60_000),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    files = {**GOOD, **{name: make for name, (make, _code) in BOMBS.items()}}
    print(f"{'file':36}{'MB':>7}{'seconds':>9}{'added MB':>10}  outcome")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in files.items():
            path = Path(folder) / "file"
            path.write_bytes(make())
            command = [sys.executable, "-B", "-c", READER.format(root=str(ROOT)), str(path)]
            runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(rounds)]
            said = runs[0].split()[0]
            took = min(float(run.split()[1]) for run in runs)
            grew = max(int(run.split()[2]) for run in runs)
            print(f"{name:36}{path.stat().st_size / 1e6:7.1f}{took:9.2f}{grew:10}  {said}")


if __name__ == "__main__":
    main()
