"""Reading replies: what was asked for, or the problem that stands in its place."""

from typing import Any

from mindmove_client.models import Problem
from mindmove_client.types import Response


class NotTaken(Exception):
    """The server said no. `code` is for programs, `detail` is a sentence for the person."""

    def __init__(self, status: int, code: str = "", detail: str = "") -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail = status, code, detail


def taken[T](reply: Response[Any], kind: type[T]) -> T:
    """Return what the reply holds; raise NotTaken on anything else."""
    if isinstance(reply.parsed, kind):
        return reply.parsed
    raise problem_of(reply)


def problem_of(reply: Response[Any]) -> NotTaken:
    said = reply.parsed
    if isinstance(said, Problem):
        return NotTaken(reply.status_code, said.code, said.detail)
    return NotTaken(reply.status_code)
