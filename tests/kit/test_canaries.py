"""Canaries can be planted and found."""

import gzip
import json

import pytest

from tests.kit.canaries import OUR_APPS, fill, find_canaries, text_columns
from tests.kit.cast import make_person


def test_every_column_has_a_word_of_its_own() -> None:
    words = [column.word for column in text_columns()]

    assert len(words) == len(set(words)) > 20
    assert max(len(word) for word in words) <= 20
    assert {column.model._meta.app_label for column in text_columns()} <= set(OUR_APPS)


@pytest.mark.django_db
def test_planted_words_are_found_by_column() -> None:
    person = make_person("anna")

    columns = fill(person)
    person.refresh_from_db()

    assert "accounts.user.display_name" in {str(column) for column in columns}
    assert find_canaries(json.dumps({"name": person.display_name}).encode()) == {"accounts.user.display_name"}
    assert find_canaries(person.display_name.upper().encode()) == {"accounts.user.display_name"}


def test_nothing_is_found_where_nothing_was_planted() -> None:
    assert find_canaries(b"a canary sings") == set()
    assert find_canaries(gzip.compress(b"x")) == set()
