"""The weekly dose as arithmetic. Its constants are the ones in `library/content/dose.yaml`, read once.

Minutes are per week. "Moderate-equivalent" minutes count a vigorous minute twice.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

CONTENT = Path(__file__).parent / "content" / "dose.yaml"

type Counted = Literal["aerobic_minutes", "strength_session", "mindful_session"]


@cache
def content() -> dict[str, Any]:
    """Return the whole content file: constants, bands and texts."""
    loaded: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return loaded


_constants = content()["constants"]
TARGET_MINUTES: int = _constants["moderate_target_min"]
UPPER_MINUTES: int = _constants["moderate_upper_min"]
HALF_DOSE_MINUTES: int = _constants["half_dose_moderate_equivalent_min"]
VIGOROUS_FACTOR: int = _constants["vigorous_to_moderate_factor"]
LIGHT_FACTOR: int = _constants["light_to_moderate_factor"]
BESIDE_MIN: int = _constants["strength_or_mindful_sessions"]["min"]
BESIDE_MAX: int = _constants["strength_or_mindful_sessions"]["max"]
_FACTORS = {"light": LIGHT_FACTOR, "moderate": 1, "vigorous": VIGOROUS_FACTOR}


@dataclass(frozen=True)
class Band:
    """A stretch of the scale from `first` to `last` minutes, both included (None: no end)."""

    key: str
    first: int
    last: int | None
    labels: dict[str, str]

    def label(self, language: str) -> str:
        return self.labels.get(language, self.labels["en"])


BANDS = [Band(row["key"], row["from"], row["to"], row["label"]) for row in content()["formulae"]["progress_bands"]]


def moderate_equivalent(*, light: int = 0, moderate: int = 0, vigorous: int = 0) -> int:
    """Return moderate-equivalent minutes. Light minutes are welcome and never converted."""
    return LIGHT_FACTOR * light + moderate + VIGOROUS_FACTOR * vigorous


def equivalent_of(minutes: int, intensity: str) -> int:
    """Return the moderate-equivalent minutes of one bout."""
    return minutes * _FACTORS[intensity]


def percent_of(minutes: int, target: int = TARGET_MINUTES) -> int:
    """Return whole percent of the target, 100 at most: more is not praised."""
    return min(100, round(100 * minutes / target)) if target else 100


def band_of(minutes: int) -> Band:
    """Return the stretch of the scale that moderate-equivalent `minutes` lie in."""
    return next(band for band in BANDS if band.last is None or minutes <= band.last)


def counted_as(kind: str, intensity: str) -> set[Counted]:
    """Return where a bout counts, by the slug of its exercise type.

    Strength stays apart from the minutes however hard it was; a mindful session joins them too
    when the person calls it moderate or harder.
    """
    counted: set[Counted] = {content()["counting"].get(kind, "aerobic_minutes")}
    if "mindful_session" in counted and intensity != "light":
        counted.add("aerobic_minutes")
    return counted


def max_heart_rate(age: int) -> int:
    """Return an estimate of the highest heart rate (give or take ten beats; void on beta-blockers)."""
    return round(208 - 0.7 * age)


def heart_rate_zone(age: int, intensity: str) -> tuple[int, int]:
    """Return the lower and upper beats a minute of an intensity at `age` years."""
    band = next(row for row in content()["intensity_bands"] if row["key"] == intensity)
    low, high = band["hrmax_pct"]
    top = max_heart_rate(age)
    return round(top * low / 100), round(top * high / 100)
