"""The weekly dose as arithmetic. Its constants are the ones in `library/content/dose.yaml`, read once.

Minutes are per week. "Moderate-equivalent" minutes count a vigorous minute twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

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
VIGOROUS_TARGET_MINUTES: int = _constants["vigorous_target_min"]
VIGOROUS_UPPER_MINUTES: int = _constants["vigorous_upper_min"]
HALF_DOSE_MINUTES: int = _constants["half_dose_moderate_equivalent_min"]
VIGOROUS_FACTOR: int = _constants["vigorous_to_moderate_factor"]
LIGHT_FACTOR: int = _constants["light_to_moderate_factor"]
BESIDE_MIN: int = _constants["strength_or_mindful_sessions"]["min"]
BESIDE_MAX: int = _constants["strength_or_mindful_sessions"]["max"]
HABIT_MINUTES: int = _constants["habit_floor_min"]
CEILING_MINUTES: int = _constants["rest_offered_above_min"]
WEEKLY_CAPS: dict[str, int] = _constants["weekly_increase_cap_pct"]
SMALL_STARTS: dict[str, int] = _constants["small_start_allowance_min"]
DAYS_WITHOUT_REST: int = _constants["rest_offered_after_days"]
MINUTES_IN_A_WEEK = 7 * 24 * 60
_FACTORS = {"light": LIGHT_FACTOR, "moderate": 1, "vigorous": VIGOROUS_FACTOR}


def in_language(texts: dict[str, str]) -> str:
    """Return the text in the language of the answer."""
    return texts.get(get_language() or "en", texts["en"])


@dataclass(frozen=True)
class Band:
    """A stretch of the scale from `first` to `last` minutes, both included (None: no end)."""

    key: str
    first: int
    last: int | None
    labels: dict[str, str]

    @property
    def label(self) -> str:
        return in_language(self.labels)


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


def allowed_next(minutes: int, growth: str) -> int:
    """Return the most minutes that a plan may ask for in the week after one of `minutes`.

    `growth` is a key of the caps: how a plan grows. A small start may grow faster than the cap, up
    to the target.
    """
    capped = -(-minutes * (100 + WEEKLY_CAPS[growth]) // 100)
    return max(capped, min(TARGET_MINUTES, minutes + SMALL_STARTS[growth]))


def counted_as(kind: str, intensity: str) -> set[Counted]:
    """Return where a bout counts, by the slug of its exercise type.

    Strength stays apart from the minutes however hard it was; a mindful session joins them too
    when the person calls it moderate or harder.
    """
    counted: set[Counted] = {content()["counting"].get(kind, "aerobic_minutes")}
    if "mindful_session" in counted and intensity != "light":
        counted.add("aerobic_minutes")
    return counted


@dataclass(frozen=True, kw_only=True)
class Week:
    """What a week holds. `minutes` are moderate-equivalent; light ones are shown beside them.

    `percent` is of the person's own target and stops at 100. `band` names the stretch of the
    guideline's scale, whatever the target.
    """

    minutes: int
    moderate_minutes: int = 0
    vigorous_minutes: int = 0
    light_minutes: int = 0
    strength_sessions: int = 0
    mindful_sessions: int = 0
    target: int = TARGET_MINUTES

    @property
    def percent(self) -> int:
        return percent_of(self.minutes, self.target)

    @property
    def half(self) -> int:
        return HALF_DOSE_MINUTES

    @property
    def guideline(self) -> int:
        return TARGET_MINUTES

    @property
    def sessions_beside(self) -> int:
        """Strength and mindful sessions together, which stand beside the minutes."""
        return self.strength_sessions + self.mindful_sessions

    @property
    def has_more_beside(self) -> bool:
        """Whether something was done that the minutes do not show."""
        return bool(self.light_minutes or self.sessions_beside)

    @property
    def band(self) -> str:
        return band_of(self.minutes).key

    @property
    def band_label(self) -> str:
        """The band in the language of the answer."""
        return band_of(self.minutes).label

    @property
    def is_over_ceiling(self) -> bool:
        """Whether rest is worth offering: in a neutral tone, and never with praise."""
        return self.minutes > CEILING_MINUTES


HEART_RATE_SOURCES = ("garber2011", "tanaka2001")  # zones are shown once both have been checked


@dataclass(frozen=True)
class Effort:
    """Light, moderate or vigorous: by the talk test first, by heart rate to double-check."""

    key: str
    name: Promise
    talks: dict[str, str]
    share_of_top: tuple[int, int]

    @property
    def talk(self) -> str:
        return in_language(self.talks)

    def zone(self, age: int) -> tuple[int, int]:
        """Return the lower and upper beats a minute at `age` years."""
        low, high = self.share_of_top
        top = max_heart_rate(age)
        return round(top * low / 100), round(top * high / 100)


_NAMES = {
    "light": pgettext_lazy("effort", "Light"),
    "moderate": pgettext_lazy("effort", "Moderate"),
    "vigorous": pgettext_lazy("effort", "Vigorous"),
}
EFFORTS = {
    row["key"]: Effort(row["key"], _NAMES[row["key"]], row["talk"], (*row["hrmax_pct"],))
    for row in content()["intensity_bands"]
}


@dataclass(frozen=True)
class Statement:
    """What is known about the dose, with how sure it is and the keys of its sources."""

    key: str
    texts: dict[str, str]
    grade: str
    cited: tuple[str, ...]

    @property
    def text(self) -> str:
        return in_language(self.texts)


def statements() -> Iterator[Statement]:
    """Yield the evidence in the order of the content file."""
    for key, row in content()["evidence"].items():
        yield Statement(key, row, row["grade"], tuple(row["cite"]))


def effort_notes() -> Iterator[Statement]:
    """Yield what to keep in mind about the talk test and heart rate."""
    for number, row in enumerate(content()["intensity_notes"], start=1):
        yield Statement(f"effort-{number}", row, "", tuple(row["cite"]))


def cited_keys() -> set[str]:
    """Return the key of every source that the dose leans on."""
    return {key for statement in [*statements(), *effort_notes()] for key in statement.cited}


def reviewed_on() -> date:
    day: date = content()["reviewed_on"]
    return day


def max_heart_rate(age: int) -> int:
    """Return an estimate of the highest heart rate (give or take ten beats; void on beta-blockers)."""
    return round(208 - 0.7 * age)
