"""Log lines tell what broke and where, never what somebody wrote."""

import json
import logging
import sys

from django.test import RequestFactory
from django.urls import resolve

from core.logs import JsonFormatter


def line_of(record: logging.LogRecord) -> dict[str, object]:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def failing_record(message: str, *args: object) -> logging.LogRecord:
    try:
        raise ValueError("DETAIL: Key (note)=(canary) already exists")
    except ValueError:
        return logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, sys.exc_info())


def test_plain_message_is_one_line_of_json() -> None:
    record = logging.LogRecord("celery.beat", logging.INFO, __file__, 1, "sent %s\nand more", ("tick",), None)

    line = line_of(record)

    assert line["event"] == "sent tick\nand more"
    assert (line["level"], line["logger"]) == ("info", "celery.beat")


def test_error_tells_kind_and_place_but_not_its_text() -> None:
    line = line_of(failing_record("Task %s failed: canary? no, %s", "a", "canary"))

    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["at"])
    assert line["event"] == "Task %s failed: canary? no, %s"
    assert "Key (note)" not in json.dumps(line)


def test_failed_request_tells_the_route_not_the_address() -> None:
    request = RequestFactory().get("/healthz", {"token": "canary"})
    request.resolver_match = resolve("/healthz")
    record = failing_record("%s: %s", "Internal Server Error", "/healthz?token=canary")
    record.request = request
    record.status_code = 500

    line = line_of(record)

    assert (line["route"], line["status"], line["event"]) == ("GET healthz", 500, "request failed")
    assert "canary" not in json.dumps(line)
