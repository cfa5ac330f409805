"""Sixty searches on the real content: the page that is looked for is among the first three.

`pytest tests/library/search/test_relevance.py -s` prints the table.
"""

from pathlib import Path

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from library.search.finding import hits, rank

SEARCHES = yaml.safe_load(Path(__file__).with_name("relevance.yaml").read_text(encoding="utf-8"))
CASES = [(language, row["q"], row["find"]) for language, rows in SEARCHES.items() for row in rows]
FIRST, ENOUGH = 3, 0.95


def place_of(wanted: str, typed: str, language: str) -> int | None:
    """Return at which place the page stands, or None."""
    viewer = AnonymousUser()
    with translation.override(language):
        ranking = rank(typed, language=language, viewer=viewer)
        found = [f"{hit.document.kind}/{hit.document.key}" for hit in hits(ranking, ranking.documents)]
    return found.index(wanted) + 1 if wanted in found else None


@pytest.mark.usefixtures("index")
def test_the_page_looked_for_is_among_the_first_three() -> None:
    places = [(language, typed, wanted, place_of(wanted, typed, language)) for language, typed, wanted in CASES]

    print()  # noqa: T201
    for language, typed, wanted, place in places:
        print(f"{language:8} {place or '-':>3}  {wanted:34} {typed}")  # noqa: T201
    found = [row for row in places if row[3] is not None and row[3] <= FIRST]
    assert len(CASES) == 60
    assert len(found) / len(CASES) >= ENOUGH, [row for row in places if row not in found]
