"""Scores and cut-offs against the published tables, at every score there can be."""

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plans.manuscript import LANGUAGES
from plans.scales.scoring import scales

# Kroenke 2009 (PHQ-8), Spitzer 2006 (GAD-7), Topp 2015 (WHO-5): first and last score of each range, and its name.
PUBLISHED = {
    "phq8": [
        (0, 4, "minimal"),
        (5, 9, "mild"),
        (10, 14, "moderate"),
        (15, 19, "moderately severe"),
        (20, 24, "severe"),
    ],
    "gad7": [(0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")],
    "who5": [(0, 28, "low; "), (29, 50, "somewhat low; "), (51, 100, "fair to high")],
}
WORTH_A_TALK = {"phq8": range(10, 25), "gad7": range(10, 22), "who5": range(51)}
SHAPES = {"phq8": (8, 0, 3, 24), "gad7": (7, 0, 3, 21), "who5": (5, 0, 5, 100)}


@pytest.mark.parametrize(
    ("key", "score", "name"),
    [
        (key, score, name)
        for key, rows in PUBLISHED.items()
        for low, high, name in rows
        for score in range(low, high + 1)
    ],
)
def test_every_score_lies_in_its_published_range(key: str, score: int, name: str) -> None:
    scale = scales()[key]
    assert scale.band_of(score).name.startswith(name)
    assert scale.is_worth_a_talk(score) == (score in WORTH_A_TALK[key])


@pytest.mark.parametrize("key", SHAPES)
def test_items_answers_and_the_ends_are_as_published(key: str) -> None:
    scale, (items, least, most, highest) = scales()[key], SHAPES[key]
    assert (scale.items, scale.least, scale.most, scale.lowest, scale.highest) == (items, least, most, 0, highest)
    assert (scale.score([least] * items), scale.score([most] * items)) == (0, highest)
    assert scale.sources
    assert scale.cite


@given(st.data())
def test_a_score_is_the_sum_of_the_answers_and_for_the_who5_four_times_that(data: Any) -> None:
    scale = scales()[data.draw(st.sampled_from(sorted(SHAPES)))]
    answers = data.draw(st.lists(st.integers(scale.least, scale.most), min_size=scale.items, max_size=scale.items))
    assert scale.score(answers) == sum(answers) * (4 if scale.key == "who5" else 1)


@pytest.mark.parametrize("answers", [[], [1] * 7, [1] * 9, [1] * 7 + [4], [1] * 7 + [-1]])
def test_part_of_the_answers_or_one_that_is_not_there_makes_no_score(answers: list[int]) -> None:
    with pytest.raises(ValueError, match="PHQ-8"):
        scales()["phq8"].score(answers)


def test_every_word_of_a_scale_is_there_in_both_languages() -> None:
    for scale in scales().values():
        for texts in (scale.names, scale.about, scale.windows, scale.licences, *(band.names for band in scale.bands)):
            assert set(texts) == set(LANGUAGES)
    with translation.override("zh-hans"):
        assert scales()["phq8"].band_of(10).name == "中度"
