"""The gate to publication."""

from datetime import date

import pytest

from core.errors import InvalidInput
from library.models import Mechanism, Publication
from library.services.publishing import publish_mechanism

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def draft(library: None) -> Mechanism:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    return Mechanism.objects.get(slug="sleep")


def test_a_complete_page_is_published(draft: Mechanism) -> None:
    page = publish_mechanism(mechanism=draft, reviewed_on=date(2027, 1, 2))

    assert (page.status, page.reviewed_on) == (Publication.PUBLISHED, date(2027, 1, 2))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_zh_hans": ""}, "name_zh_hans"),
        ({"name_en": ""}, "name_en"),
        ({"grade": ""}, "grade"),
        ({"review_due_on": None}, "review_due_on"),
    ],
)
def test_what_is_missing_is_named(draft: Mechanism, change: dict[str, object], field: str) -> None:
    Mechanism.objects.filter(pk=draft.pk).update(**change)

    with pytest.raises(InvalidInput) as refused:
        publish_mechanism(mechanism=draft)

    assert refused.value.field == field
    draft.refresh_from_db()
    assert draft.status == Publication.DRAFT


def test_a_page_without_a_source_is_refused(draft: Mechanism) -> None:
    draft.citations.clear()

    with pytest.raises(InvalidInput) as refused:
        publish_mechanism(mechanism=draft)

    assert refused.value.field == "citations"
