"""Log lines for machines. They tell what broke and where, never what somebody wrote.

The text of an exception may quote a row (a database names the offending values) and an address may
hold a token, so a line carries the kind of the exception with its place in the code, and the route.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any


class JsonFormatter(logging.Formatter):
    """One JSON object: `time`, `level`, `logger`, `event`, and `route`, `status`, `error`, `at` where known."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if (request := getattr(record, "request", None)) is not None:
            match = getattr(request, "resolver_match", None)
            line["event"] = "request failed"
            line["route"] = f"{getattr(request, 'method', '')} {match.route if match else 'unknown'}".strip()
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0] is not None:
            line["event"] = "request failed" if request else str(record.msg).splitlines()[0]
            line["error"] = record.exc_info[0].__qualname__
            line["at"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _frames(trace: TracebackType | None) -> list[str]:
    """Return the innermost frames as `file:line function`."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]
