"""Apps and their versions, as operators write them (`mindmove-phone=1.4`) and apps do (`mindmove-phone/1.4.2`)."""

import re

type Version = tuple[int, ...]

NAME, VERSION = r"[A-Za-z0-9._-]{1,50}", r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,3}"


def app_of(text: str, *, between: str) -> tuple[str, Version] | None:
    """Return the name and the version, without zeros at its end (1.4.0 is 1.4); None if it is no such text."""
    found = re.fullmatch(f"({NAME}){between}({VERSION})", text)
    return (found[1], _without_zeros(tuple(map(int, found[2].split("."))))) if found else None


def _without_zeros(version: Version) -> Version:
    return _without_zeros(version[:-1]) if version[1:] and not version[-1] else version
