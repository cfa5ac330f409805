"""Let two phones and the web be apart for 10,000 random edits, and say whether they end with the same.

`python -m bench.convergence [edits] [seed]`

It runs the test of the suite with more edits, in weeks of 200, and prints after each what there was until then. The
database that `DATABASE_URL` names is the one under test.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST = "tests/examples/test_convergence.py::test_two_phones_and_the_web_end_with_the_same"

if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    environment = {**os.environ, "CONVERGENCE_EDITS": given.get(1, "10000"), "CONVERGENCE_SEED": given.get(2, "1")}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", "--show-capture=no", "-W", "ignore", TEST]
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
