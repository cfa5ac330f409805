"""Findings in words: what was noted, never why. Each sentence stands without a figure, and the figures beside it."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from plans.insights.findings import LEAST, SIDES, Finding, Measure, State
from plans.insights.intervals import Interval
from plans.models import SessionLog

TIMES = {
    "morning": gettext_lazy("in the morning"),
    "noon": gettext_lazy("in the middle of the day"),
    "evening": gettext_lazy("in the evening"),
    "night": gettext_lazy("at night"),
}
SIDE_NAMES = {
    "nature": (gettext_lazy("among green or by water"), gettext_lazy("elsewhere")),
    "together": (gettext_lazy("with others"), gettext_lazy("on your own")),
    "morning_half": (gettext_lazy("in the morning"), gettext_lazy("later in the day")),
}
OVER_ALL = {
    (Measure.FELT, State.HIGHER): gettext_lazy("Afterwards you noted a higher mood than you had guessed."),
    (Measure.FELT, State.LOWER): gettext_lazy("Afterwards you noted a lower mood than you had guessed."),
    (Measure.FELT, State.UNCLEAR): gettext_lazy(
        "No clear difference between your guess and what you noted afterwards."
    ),
    (Measure.CHANGE, State.HIGHER): gettext_lazy("You noted a higher mood afterwards than before."),
    (Measure.CHANGE, State.LOWER): gettext_lazy("You noted a lower mood afterwards than before."),
    (Measure.CHANGE, State.UNCLEAR): gettext_lazy("No clear difference between your mood before and afterwards."),
}
OF_GROUP = {
    (Measure.FELT, State.HIGHER): gettext_lazy("%(group)s: you noted a higher mood afterwards than you had guessed."),
    (Measure.FELT, State.LOWER): gettext_lazy("%(group)s: you noted a lower mood afterwards than you had guessed."),
    (Measure.FELT, State.UNCLEAR): gettext_lazy("%(group)s: no clear difference between guess and felt."),
    (Measure.CHANGE, State.HIGHER): gettext_lazy("%(group)s: you noted a higher mood afterwards than before."),
    (Measure.CHANGE, State.LOWER): gettext_lazy("%(group)s: you noted a lower mood afterwards than before."),
    (Measure.CHANGE, State.UNCLEAR): gettext_lazy("%(group)s: no clear difference between before and afterwards."),
}
OF_SIDES = {
    Measure.FELT: gettext_lazy("Measured against your guess, the mood you noted was higher %(one)s than %(other)s."),
    Measure.CHANGE: gettext_lazy(
        "Measured against before, the mood you noted afterwards was higher %(one)s than %(other)s."
    ),
}
UNCLEAR_SIDES = {
    Measure.FELT: gettext_lazy("Measured against your guess, no clear difference between %(one)s and %(other)s."),
    Measure.CHANGE: gettext_lazy("Measured against before, no clear difference between %(one)s and %(other)s."),
}


def group_name(by: str, group: str, kinds: Mapping[str, str]) -> str:
    """Return what a group is called, as it would begin a line."""
    names: Mapping[str, object] = {
        "kind": kinds,
        "setting": dict(SessionLog.Setting.choices),
        "company": dict(SessionLog.Company.choices),
        "time": TIMES,
    }.get(by, {})
    return capfirst(str(names.get(group, group)))


def sentence(finding: Finding, kinds: Mapping[str, str]) -> str:
    """Return what the finding says, without figures."""
    if finding.state is State.FEW:
        return _("Not enough yet.")
    if is_of_sides(finding):
        return _sides(finding)
    if not finding.by:
        return str(OVER_ALL[finding.measure, finding.state])
    group = group_name(finding.by, finding.group, kinds)
    return str(OF_GROUP[finding.measure, finding.state]) % {"group": group}


def is_of_sides(finding: Finding) -> bool:
    return finding.by in SIDES and SIDES[finding.by].name == finding.group


def _sides(finding: Finding) -> str:
    one, other = map(str, SIDE_NAMES[finding.group])
    if not finding.is_clear:
        return str(UNCLEAR_SIDES[finding.measure]) % {"one": one, "other": other}
    if finding.state is State.LOWER:
        one, other = other, one
    return str(OF_SIDES[finding.measure]) % {"one": one, "other": other}


def figures(finding: Finding) -> str:
    """Return mean, interval and number of pairs; for a silent one how many pairs there are."""
    if finding.interval is None:
        return few(finding.n)
    if is_of_sides(finding):
        counts = _("%(n)s and %(other)s pairs") % {"n": finding.n, "other": finding.n_other}
    else:
        counts = pairs(finding.n)
    mean, between = signed(finding.interval.mean), interval_words(finding.interval, signs=True)
    return _("%(mean)s steps on average (between %(interval)s), from %(counts)s.") % {
        "mean": mean,
        "interval": between,
        "counts": counts,
    }


def in_a_row(names: Sequence[str]) -> str:
    """Return names as one beginning of a sentence. A comma would not do: names have an “and” of their own."""
    return pgettext("between names", " · ").join(names)


def of_groups(measure: Measure, state: State, groups: str) -> str:
    """Return what several groups have in common."""
    return str(OF_GROUP[measure, state]) % {"group": groups}


def pairs_each(fewest: int, most: int) -> str:
    if fewest == most:
        return _("From %(count)s; the intervals are in the table.") % {"count": pairs(fewest)}
    words = _("From %(fewest)s to %(most)s pairs each; the intervals are in the table.")
    return words % {"fewest": fewest, "most": most}


def pairs(n: int) -> str:
    return ngettext("%(n)s pair", "%(n)s pairs", n) % {"n": n}


def few(n: int) -> str:
    words = ngettext("%(n)s pair so far; from %(least)s on, it says something.",
                     "%(n)s pairs so far; from %(least)s on, it says something.", n)  # fmt: skip
    return words % {"n": n, "least": LEAST}


def signed(value: float) -> str:
    """Return a difference with its sign, to a tenth; one that a tenth would round to nothing, to a hundredth."""
    places = 1 if abs(value) >= 0.05 or value == 0 else 2  # noqa: PLR2004
    shown = number_format(abs(value), places)
    if float(f"{abs(value):.{places}f}") == 0:
        return shown
    return f"+{shown}" if value > 0 else f"−{shown}"


def plain(value: float) -> str:
    return number_format(value, 1)


def interval_words(interval: Interval, *, signs: bool) -> str:
    write = signed if signs else plain
    return _("%(low)s and %(high)s") % {"low": write(interval.low), "high": write(interval.high)}
