"""Send 500 examples to every operation of the API, as nobody, as a member and as a host.

`python -m bench.api_fuzz [examples] [seed]`

It runs the test of the suite with more examples, and takes hours at the full number.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEST = "tests/mindmove/openapi/test_fuzz.py::test_every_operation_answers_as_its_document_says"

if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    examples, seed = given.get(1, "500"), given.get(2, "1")
    environment = {**os.environ, "FUZZ_EXAMPLES": examples, "FUZZ_START": seed}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", TEST]
    sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
