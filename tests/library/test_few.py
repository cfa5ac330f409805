"""What other rows name of the library is read in one query, as far as the reader may know of it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from library.few import few_for
from library.models import ExerciseType, Mechanism
from tests.kit.cast import Cast
from tests.plans.kit import both, make_mechanism, make_type

pytestmark = pytest.mark.django_db


def test_all_that_is_said_in_a_list_comes_in_one_query(django_assert_num_queries: Any) -> None:
    make_type("walking", order=4)
    make_mechanism("sleep", order=7, **both("one_line", "It comes sooner.", "更早入睡"))

    with django_assert_num_queries(1):
        few = few_for(AnonymousUser())
        kind, reason = few[ExerciseType]["walking"], few[Mechanism]["sleep"]
        assert (kind, kind.order, kind.name_en) == (ExerciseType(pk=kind.pk), 4, "Walking")
        assert (reason.order, reason.domain.slug, reason.domain.order) == (7, "mind-behaviour", 1)
        for language, said in (("en", "It comes sooner."), ("zh-hans", "更早入睡")):
            with translation.override(language):
                assert reason.one_line == said


def test_what_else_one_is_asked_for_is_looked_up() -> None:
    made = make_mechanism("sleep")

    reason = few_for(AnonymousUser())[Mechanism]["sleep"]

    assert (reason, reason.grade, reason.domain.starts) == (made, "moderate", "minutes")


def test_drafts_are_for_who_reads_them(cast: Cast) -> None:
    make_mechanism("unwritten", status="draft")

    assert "unwritten" not in few_for(cast.member)[Mechanism]
    assert "unwritten" in few_for(cast.superuser)[Mechanism]


def test_an_empty_library_has_neither() -> None:
    assert few_for(AnonymousUser()) == {ExerciseType: {}, Mechanism: {}}
