"""A page of documentation as a shell would walk it: its `sh` blocks, and what each of them says that it prints."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MARK = "=== end of block"
ANYTHING = "…"


@dataclass(frozen=True)
class Block:
    """`prints` is None where the page does not say; `…` in it stands for anything within a line."""

    commands: str
    prints: str | None

    def agrees(self, printed: str) -> bool:
        if self.prints is None:
            return True
        wanted = ".*".join(re.escape(part) for part in self.prints.strip().split(ANYTHING))
        return re.fullmatch(wanted, printed.strip()) is not None


def blocks(page: Path) -> list[Block]:
    """Return the blocks in order; a `text` block is what the `sh` block before it prints."""
    fences = FENCE.findall(page.read_text())
    after = [*fences[1:], ("", "")]
    return [
        Block(body, following[1] if following[0] == "text" else None)
        for (kind, body), following in zip(fences, after, strict=True)
        if kind == "sh"
    ]


def walk(found: list[Block], environment: dict[str, str], type_in: Callable[[str], str]) -> list[str]:
    """Run the blocks in one shell that stops at the first error; return what each printed.

    A line that ends in a colon is a question: `type_in` gets it and returns what somebody types.
    """
    script = "set -euo pipefail\n" + "".join(f"{block.commands}\necho '{MARK}'\n" for block in found)
    shell = subprocess.Popen(
        ["bash", "-c", script],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
    )  # fmt: skip
    assert shell.stdin
    assert shell.stdout
    printed = [""]
    with shell:
        for line in shell.stdout:
            if line.strip() == MARK:
                printed.append("")
                continue
            printed[-1] += line
            if line.rstrip().endswith(":"):
                shell.stdin.write(f"{type_in(line.strip())}\n")
                shell.stdin.flush()
    assert shell.returncode == 0, printed[-1]
    return printed[:-1]
