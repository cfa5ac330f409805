"""What the document and its readable form call things, in both languages (`words.yaml`)."""

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("words.yaml")


@cache
def words() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(FILE.read_text())
    return found


def room_title(tag: str, language: str) -> str:
    english, chinese = words()["rooms"].get(tag, [tag, tag])
    return chinese if language == "zh-hans" else english
