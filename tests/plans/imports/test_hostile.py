"""Files made to cost time or memory: each is refused in a process that may have little of both."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.tracks import BOMBS

ROOT = Path(__file__).parents[3]
READER = """
import sys, time
sys.path.insert(0, {root!r})
from plans.imports.reading import read
from plans.imports.summary import Refused
data = open(sys.argv[1], "rb").read()
def most():
    return int(next(row for row in open("/proc/self/status") if row.startswith("VmHWM")).split()[1])
before = most()
began = time.process_time()
said = "read"
try:
    read(data)
except Refused as refused:
    said = refused.code
took, grew = time.process_time() - began, most() - before
print(said, round(took, 3), grew // 1024)
"""
SECONDS, MEGABYTES = 5, 200  # generous: bench/import_files.py measures, on a machine that does nothing else


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time_and_memory(name: str, tmp_path: Path) -> None:
    make, code = BOMBS[name]
    file = tmp_path / "bomb"
    file.write_bytes(make())
    command = [sys.executable, "-B", "-c", READER.format(root=str(ROOT)), str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, preexec_fn=_limit)
    said, took, grew = ran.stdout.split()
    assert said == code
    assert float(took) < SECONDS
    assert int(grew) < MEGABYTES
