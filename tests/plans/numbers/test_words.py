"""Words about a person's own numbers say what was noted, never why; and they are written in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from core.catalog import CATALOG, ROOT, collect, read
from plans.insights.findings import Finding, Measure
from plans.insights.intervals import PAIRED_T, WELCH_T, Interval
from plans.numbers.words import figures, sentence, signed

SOURCES = [*(ROOT / "plans" / "numbers").glob("*.py"), *(ROOT / "templates" / "plans" / "insights").glob("*.html")]
CAUSAL = (
    r"\b(lifts?|makes? you|caus\w+|because|leads? to|help(s|ed)? you|improv\w+|effects?|thanks to|due to|boost\w*)\b"
)
CAUSAL_CHINESE = ("让你", "使你", "导致", "因为", "所以", "带来", "提升", "改善", "有助", "促进", "提高", "多亏")


def own_messages() -> list[tuple[Any, str | None]]:
    """Return the messages that the files of this part use."""
    text = re.sub(r"\s+", " ", " ".join(Path(file).read_text() for file in SOURCES))
    found = []
    for message in collect():
        first = message.id[0] if isinstance(message.id, tuple | list) else message.id
        plain = re.sub(r"%\((\w+)\)s", r"{{ \1 }}", first).replace("%%", "%")
        if first and (f'"{first}"' in text or plain in text):
            found.append((message.id, message.context))
    return found


def test_nothing_causal_is_said_in_either_language() -> None:
    known, messages = read(), own_messages()
    assert len(messages) > 60
    assert CATALOG.exists()
    for message, context in messages:
        translated = known.get(message, context).string
        english = " ".join([message] if isinstance(message, str) else message)
        chinese = translated if isinstance(translated, str) else "".join(translated)
        assert not re.search(CAUSAL, english, re.IGNORECASE), english
        assert chinese, english
        assert not [word for word in CAUSAL_CHINESE if word in chinese], chinese


def test_a_finding_reads_well_in_chinese() -> None:
    found = Finding(Measure.CHANGE, "", "", PAIRED_T, 0.9875, 24, interval=Interval(0.9, 0.5, 1.3))
    with override("zh-hans"):
        assert sentence(found, {}) == "你之后记下的心情比之前高。"
        assert figures(found) == "平均 +0.9 级（区间 +0.5 到 +1.3），共 24 对记录。"


@pytest.mark.parametrize(
    ("interval", "words"),
    [(Interval(1, 0.2, 1.8), "higher with others than on your own"),
     (Interval(-1, -1.8, -0.2), "higher on your own than with others"),
     (Interval(0.1, -0.8, 0.9), "no clear difference between with others and on your own")],
)  # fmt: skip
def test_two_sides_are_named_the_right_way_round(interval: Interval, words: str) -> None:
    found = Finding(Measure.CHANGE, "company", "together", WELCH_T, 0.99, 9, 9, interval=interval)

    assert words in sentence(found, {})


@pytest.mark.parametrize(("value", "shown"), [(0.94, "+0.9"), (-0.94, "−0.9"), (0.04, "+0.04"), (0.0, "0.0")])
def test_a_small_difference_is_not_written_as_none(value: float, shown: str) -> None:
    assert signed(value) == shown
