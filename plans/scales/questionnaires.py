"""Reading the words of a scale, which the operator supplies: whole, in both languages and licensed, or refused.

An error names the file and the field, as in `phq8.yaml: items.3.zh-hans: missing`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from library.dose import in_language
from plans.manuscript import LANGUAGES
from plans.scales.scoring import Scale

MAX_BYTES = 64 * 1024
MAX_TEXT, MAX_OPTION = 600, 120
FIELDS = {"scale", "source", "licence", "instruction", "items", "options"}
STAND_IN = "REPLACE"  # in the example of docs/operating.md; nobody is asked that
type Text = dict[str, str]


class ItemsError(Exception):
    """The file cannot be used as it is; the message says where and why."""


@dataclass(frozen=True)
class Item:
    texts: Text

    @property
    def text(self) -> str:
        return in_language(self.texts)


@dataclass(frozen=True)
class Option:
    score: int
    texts: Text

    @property
    def text(self) -> str:
        return in_language(self.texts)


@dataclass(frozen=True)
class Questionnaire:
    """A scale with its words."""

    scale: Scale
    source: str
    licence: str
    instructions: Text
    items: tuple[Item, ...]
    options: tuple[Option, ...]

    @property
    def instruction(self) -> str:
        return in_language(self.instructions)


def read_items(path: Path, scale: Scale) -> Questionnaire:
    """Return the questionnaire in the operator's file, or raise ItemsError."""
    row = _load(path)
    where = f"{path.name}: "
    if unknown := set(row) - FIELDS:
        raise ItemsError(f"{where}{min(map(str, unknown))}: not a field of this file")
    if row.get("scale") != scale.key:
        raise ItemsError(f"{where}scale: expected {scale.key}")
    return Questionnaire(
        scale=scale,
        source=_line(row.get("source"), f"{where}source", MAX_TEXT),
        licence=_line(row.get("licence"), f"{where}licence", MAX_TEXT),
        instructions=_text(row.get("instruction"), f"{where}instruction", MAX_TEXT),
        items=_items(row.get("items"), f"{where}items", scale),
        options=_options(row.get("options"), f"{where}options", scale),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ItemsError(f"{path.name}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise ItemsError(f"{path.name}: larger than {MAX_BYTES // 1024} KB")
    try:
        loaded = yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ItemsError(f"{path.name}: not readable as YAML") from error
    if not isinstance(loaded, dict):
        raise ItemsError(f"{path.name}: expected a mapping")
    return loaded


def _items(rows: Any, where: str, scale: Scale) -> tuple[Item, ...]:
    if not isinstance(rows, list) or len(rows) != scale.items:
        found = len(rows) if isinstance(rows, list) else "none"
        raise ItemsError(f"{where}: {scale.code} has {scale.items}, found {found}")
    items = tuple(Item(_text(row, f"{where}.{number}", MAX_TEXT)) for number, row in enumerate(rows, start=1))
    _check_different([item.texts for item in items], where)
    return items


def _options(rows: Any, where: str, scale: Scale) -> tuple[Option, ...]:
    if not isinstance(rows, list):
        raise ItemsError(f"{where}: missing")
    options = []
    for number, row in enumerate(rows, start=1):
        score = row.get("score") if isinstance(row, dict) else None
        if not isinstance(score, int) or isinstance(score, bool):
            raise ItemsError(f"{where}.{number}.score: expected a whole number")
        texts = _text({name: row[name] for name in row if name != "score"}, f"{where}.{number}", MAX_OPTION)
        options.append(Option(score, texts))
    if sorted(option.score for option in options) != list(range(scale.least, scale.most + 1)):
        raise ItemsError(f"{where}: expected each score from {scale.least} to {scale.most} once")
    _check_different([option.texts for option in options], where)
    return tuple(options)


def _text(row: Any, where: str, limit: int) -> Text:
    """Read one text in both languages."""
    if not isinstance(row, dict):
        raise ItemsError(f"{where}: expected a text in {' and '.join(LANGUAGES)}")
    if unknown := set(row) - set(LANGUAGES):
        raise ItemsError(f"{where}.{min(map(str, unknown))}: not a language of this site")
    return {language: _line(row.get(language), f"{where}.{language}", limit) for language in LANGUAGES}


def _line(value: Any, where: str, limit: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ItemsError(f"{where}: missing")
    if len(value) > limit:
        raise ItemsError(f"{where}: longer than {limit} characters")
    if STAND_IN in value:
        raise ItemsError(f"{where}: still the text of the example")
    if any(sign in "<>" or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in value.strip()):
        raise ItemsError(f"{where}: markup or an invisible character")
    return value.strip()


def _check_different(texts: list[Text], where: str) -> None:
    for language in LANGUAGES:
        said = [text[language] for text in texts]
        if len(set(said)) < len(said):
            raise ItemsError(f"{where}: two of them say the same in {language}")
