"""Which scales people are offered: those that the operator names, and whose words are there and right."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from plans.scales.questionnaires import ItemsError, Questionnaire, read_items
from plans.scales.scoring import scales


def switched_on() -> dict[str, Questionnaire]:
    """Return key → questionnaire, in the order of the setting. Files are read once a process."""
    return _read(settings.CHECK_IN_ITEMS_DIR, tuple(settings.CHECK_IN_SCALES))[0]


def faults() -> list[str]:
    """Return why scales that are named in the setting stay off."""
    return _read(settings.CHECK_IN_ITEMS_DIR, tuple(settings.CHECK_IN_SCALES))[1]


@cache
def _read(directory: str, wanted: tuple[str, ...]) -> tuple[dict[str, Questionnaire], list[str]]:
    found: dict[str, Questionnaire] = {}
    wrong = []
    for key in wanted:
        if key not in scales():
            wrong.append(f"{key}: no such scale; there are {', '.join(scales())}")
        elif not directory:
            wrong.append(f"{key}: CHECK_IN_ITEMS_DIR says where its items are, and is empty")
        else:
            try:
                found[key] = read_items(Path(directory) / f"{key}.yaml", scales()[key])
            except ItemsError as error:
                wrong.append(str(error))
    return found, wrong
