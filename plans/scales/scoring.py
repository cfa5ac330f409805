"""What a scale is and what a score of it means, as published. The constants are in the files beside this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from library.dose import in_language

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Band:
    """A stretch of scores, both ends included, with the name that its source gives it."""

    first: int
    last: int
    names: dict[str, str]

    @property
    def name(self) -> str:
        return in_language(self.names)


@dataclass(frozen=True, kw_only=True)
class Scale:
    key: str
    code: str
    names: dict[str, str]
    about: dict[str, str]
    windows: dict[str, str]
    items: int
    least: int
    most: int
    factor: int
    is_high_better: bool
    talk_at: int  # the score from which a talk is worthwhile
    bands: tuple[Band, ...]
    sources: tuple[str, ...]
    cite: str
    licence_status: str
    licences: dict[str, str]

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def measures(self) -> str:
        return in_language(self.about)

    @property
    def window(self) -> str:
        return in_language(self.windows)

    @property
    def licence(self) -> str:
        return in_language(self.licences)

    @property
    def lowest(self) -> int:
        return self.items * self.least * self.factor

    @property
    def highest(self) -> int:
        return self.items * self.most * self.factor

    def score(self, answers: Sequence[int]) -> int:
        """Return the score of a questionnaire whose every item was answered."""
        if len(answers) != self.items or any(not self.least <= answer <= self.most for answer in answers):
            raise ValueError(f"{self.code} takes {self.items} answers from {self.least} to {self.most}")
        return sum(answers) * self.factor

    def band_of(self, score: int) -> Band:
        return next(band for band in self.bands if band.first <= score <= band.last)

    def is_worth_a_talk(self, score: int) -> bool:
        """Whether the score has reached the published cut-off."""
        return score <= self.talk_at if self.is_high_better else score >= self.talk_at


@cache
def scales() -> dict[str, Scale]:
    """Return key → scale, for every scale that is described here, switched on or not."""
    found = [_scale(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(HERE.glob("*.yaml"))]
    return {scale.key: scale for scale in found}


def _scale(row: dict[str, Any]) -> Scale:
    least, most = row["item_score"]
    [cut_off] = row["talk_at"].values()
    return Scale(
        key=row["key"],
        code=row["code"],
        names=row["name"],
        about=row["measures"],
        windows=row["window"],
        items=row["items"],
        least=least,
        most=most,
        factor=row["factor"],
        is_high_better=row["better"] == "high",
        talk_at=cut_off,
        bands=tuple(Band(band["from"], band["to"], band["name"]) for band in row["bands"]),
        sources=tuple(row["sources"]),
        cite=row["cite"],
        licence_status=row["licence"]["status"],
        licences=row["licence"]["text"],
    )
