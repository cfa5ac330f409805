"""What programs send: one reader of JSON, bounded in size, depth and signs, for every door that takes it."""

import json
import math
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import BaseParser

MOST_BYTES = 256 * 1024
DEEPEST = 20

type Path = tuple[str, ...]


class NotTaken(ValueError):
    """This JSON is not taken: `code` is stable, `field` is where it stands, dotted."""

    def __init__(self, code: str, message: str, *, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field


def read_json(body: bytes) -> Any:
    """Return what the body says. Raises NotTaken, with the place, for what is no JSON or out of bounds."""
    try:
        found = json.loads(body.decode(), parse_constant=_no_number, parse_float=_number)
    except UnicodeDecodeError as error:
        raise NotTaken("not_json", _("Byte %(position)d is not UTF-8.") % {"position": error.start}) from error
    except json.JSONDecodeError as error:
        raise NotTaken("not_json", _place(error)) from error
    except RecursionError as error:
        raise _too_deep(()) from error
    except NotTaken:
        raise
    except ValueError as error:  # a whole number of more digits than Python reads
        raise NotTaken("not_json", _("A number is out of reach.")) from error
    _look_through(found)
    return found


def _place(error: json.JSONDecodeError) -> str:
    return _("This is not JSON: line %(line)d, column %(column)d.") % {"line": error.lineno, "column": error.colno}


def _no_number(name: str) -> NoReturn:
    raise NotTaken("not_json", _("%(name)s is no number in JSON.") % {"name": name})


def _number(digits: str) -> float:
    if not math.isfinite(value := float(digits)):
        raise NotTaken("not_json", _("A number is out of reach."))
    return value


def _too_deep(path: Path) -> NotTaken:
    words = _("Nothing may stand deeper than %(depth)d levels.") % {"depth": DEEPEST}
    return NotTaken("too_deep", words, field=".".join(path[:3]))


def _look_through(found: Any) -> None:
    """Refuse what stands too deep, and signs that no text has; without recursion."""
    waiting: list[tuple[Any, Path]] = [(found, ())]
    while waiting:
        value, path = waiting.pop()
        if len(path) > DEEPEST:
            raise _too_deep(path)
        if isinstance(value, dict):
            for key in value:
                _look_at(key, path)
            waiting += [(inner, (*path, key)) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, (*path, str(place))) for place, inner in enumerate(value)]
        elif isinstance(value, str):
            _look_at(value, path)


def _look_at(text: str, path: Path) -> None:
    """Refuse NUL, which no database keeps, and halves of a pair, which are no sign."""
    place = text.find("\0")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = error.start if place < 0 else min(place, error.start)
    if place >= 0:
        words = _("Sign %(position)d is none that a text can have (U+%(code)04X).")
        said = words % {"position": place + 1, "code": ord(text[place])}
        raise NotTaken("no_such_sign", said, field=".".join(path))


class JSONInput(BaseParser):
    """The API's parser."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Read no more than is taken, whatever the client says of its length."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        try:
            return read_json(body)
        except NotTaken as error:
            raise Unreadable(error) from error


class Unreadable(exceptions.ParseError):
    """NotTaken, as an exception of the API."""

    def __init__(self, error: NotTaken) -> None:
        super().__init__(error.message, error.code)
        self.field = error.field


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"

    def __init__(self) -> None:
        super().__init__(too_large())


def too_large() -> str:
    return _("That is more than is taken: %(size)d KB of JSON, %(form)d MB of a form.") % {
        "size": MOST_BYTES // 1024,
        "form": settings.API_FORM_MOST_BYTES // (1024 * 1024),
    }
