"""Nothing of the content files is dropped, and nothing that an editor wrote is overwritten."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, TextField

from library.models import Citation, Claim, HelpLine, Mechanism, NeedType, Publication, Revision
from library.services.content import load_library
from library.services.content.files import CONTENT

NOT_LOADED = {"dose.yaml", "reasons.yaml", "synonyms.yaml"}  # read where they are
FILES = [path for path in sorted(CONTENT.rglob("*.yaml")) if path.name not in NOT_LOADED]
KEYS = {"cite", "citations", "headline_cite"}


def texts_of(data: Any) -> Iterator[tuple[str, str]]:
    """Yield every (language, text) of a file."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in {"en", "zh-hans"}:
                yield key, "\n".join(value) if isinstance(value, list) else str(value).strip()
            else:
                yield from texts_of(value)
    elif isinstance(data, list):
        for row in data:
            yield from texts_of(row)


def cited_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (value if key in KEYS and value and isinstance(value[0], str) else cited_in(value))
    elif isinstance(data, list):
        for row in data:
            yield from cited_in(row)


def texts_in_database(suffix: str) -> set[str]:
    found: set[str] = set()
    for model in apps.get_app_config("library").get_models():
        for field in model._meta.fields:
            if field.name.endswith(suffix) and isinstance(field, CharField | TextField):
                found |= set(model._default_manager.values_list(field.name, flat=True))
    return found


@pytest.mark.usefixtures("library")
def test_every_text_of_the_files_is_in_the_database() -> None:
    stored = {"en": texts_in_database("_en"), "zh-hans": texts_in_database("_zh_hans")}

    texts = [text for path in FILES for text in texts_of(yaml.safe_load(path.read_text()))]

    assert len(texts) > 900
    assert [text for code, text in texts if text not in stored[code]] == []


@pytest.mark.usefixtures("library")
def test_every_link_to_a_source_is_in_the_database() -> None:
    listed = sum(len(list(cited_in(yaml.safe_load(path.read_text())))) for path in FILES)
    tables = [
        field.remote_field.through
        for model in apps.get_app_config("library").get_models()
        for field in model._meta.many_to_many
        if field.related_model is Citation
    ]
    assert sum(table.objects.count() for table in tables) == listed
    assert Citation.objects.count() == 113


@pytest.mark.usefixtures("library")
def test_claims_keep_their_own_sources_and_needs_theirs() -> None:
    claim = Claim.objects.get(mechanism__slug="hippocampus", order=3)
    link = NeedType.objects.get(need__slug="low-mood", exercise_type__slug="walking")

    assert [source.key for source in claim.citations.all()] == ["erickson2011"]
    assert {source.key for source in link.citations.all()} == {"noetel2024", "clegg2026"}


@pytest.mark.usefixtures("library")
def test_every_mechanism_is_published_with_review_dates() -> None:
    pages = Mechanism.objects.filter(status=Publication.PUBLISHED, review_due_on__isnull=False)

    assert pages.count() == 20


@pytest.mark.usefixtures("library")
def test_loading_again_changes_nothing() -> None:
    versions = Revision.objects.count()

    assert load_library().written == 0
    assert load_library(overwrite=True).written == 0

    assert Revision.objects.count() == versions
    assert Claim.objects.count() == 83
    assert HelpLine.objects.count() == 15


@pytest.mark.usefixtures("library")
def test_an_editors_change_stays_unless_the_files_are_to_win() -> None:
    Mechanism.objects.filter(slug="sleep").update(one_line_en="Changed.")

    call_command("load_content", verbosity=0)
    assert Mechanism.objects.get(slug="sleep").one_line_en == "Changed."

    call_command("load_content", overwrite=True)
    assert Mechanism.objects.get(slug="sleep").one_line_en != "Changed."


@pytest.mark.parametrize("model", [Claim, NeedType])
@pytest.mark.usefixtures("library")
def test_no_statement_carries_a_figure_that_its_source_has_unchecked(model: type[Claim | NeedType]) -> None:
    a_figure = r"(^|[^-A-Za-z0-9])[0-9]"  # IL-6 and D2 are names

    rows = model.objects.filter(citations__numbers_verified=False)

    name = "text" if model is Claim else "why"
    for column in (f"{name}_en", f"{name}_zh_hans"):
        assert [*rows.filter(**{f"{column}__regex": a_figure}).values_list(column, flat=True)] == []
