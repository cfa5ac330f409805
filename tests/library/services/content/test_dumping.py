"""The library as files: what is loaded is dumped again, and nothing is lost on the way."""

import filecmp
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from library import models
from library.models import Citation, Domain, HelpLine, Mechanism, Need, Revision
from library.services.content import dump_library, load_library
from library.services.content.files import CONTENT
from library.services.content.kinds import FILES, KINDS
from library.services.content.shapes import Shape
from tests.kit.cast import Cast

ALL = [*FILES, *(f"mechanisms/{path.name}" for path in (CONTENT / "mechanisms").glob("*.yaml"))]
BY_KEY = {"cite", "citations", "headline_cite", "met_citations", "suits_needs"}  # lists in no order


def said(path: Path) -> Any:
    return tidy(yaml.safe_load(path.read_text(encoding="utf-8")))


def tidy(data: Any, name: str = "") -> Any:
    """Return what a file says, whichever of several ways it says it."""
    if isinstance(data, dict):
        found = {key: tidy(value, key) for key, value in data.items()}
        return {key: value for key, value in found.items() if value not in (None, "", [], {}, False)}
    if isinstance(data, list):
        rows = [tidy(row) for row in data]
        is_keys = name in BY_KEY or (name == "mechanisms" and all(isinstance(row, str) for row in rows))
        articles = KINDS.get(name)
        if isinstance(articles, Shape) and all(isinstance(row, dict) and articles.key[0] in row for row in rows):
            return {"/".join(str(row[key]) for key in articles.key): row for row in rows}
        return sorted(rows) if is_keys else rows
    return data.strip() if isinstance(data, str) else data


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("name", ALL)
def test_a_dump_says_what_the_files_say(tmp_path: Path, name: str) -> None:
    dump_library(tmp_path)

    assert said(tmp_path / name) == said(CONTENT / name)


@pytest.mark.django_db
def test_a_dump_loaded_into_an_empty_library_dumps_the_same_bytes(tmp_path: Path, cast: Cast) -> None:
    load_library()
    disturb()
    dump_library(tmp_path / "first")
    empty()
    load_library(folder=tmp_path / "first", by=cast.editor)
    dump_library(tmp_path / "second")

    same, different, odd = filecmp.cmpfiles(
        tmp_path / "first", tmp_path / "second", [*ALL, "mechanisms/draft.yaml"], shallow=False
    )
    assert (len(same), different, odd) == (len(ALL) + 1, [], [])


def disturb() -> None:
    """Leave the library as editors do: half written, reordered, with odd signs."""
    draft = Mechanism.objects.create(
        slug="draft",
        domain=Domain.objects.get(slug="social-environmental"),
        order=9,
        horizon="weeks",
        name_en="Draft: “x” # y",
    )
    draft.claims.create(order=7, basis="theory", text_en="One.\r\nTwo, three.", text_zh_hans="")
    draft.claims.create(order=2, basis="human", text_en="- first", text_zh_hans="第一")
    Mechanism.objects.filter(slug="sleep").update(review_due_on=date(2020, 2, 29))
    Citation.objects.filter(key="noetel2024").update(numbers_verified=False, editors_note="yes", doi="")
    Need.objects.filter(slug="anxiety").update(order=99)
    HelpLine.objects.filter(phone="988").update(verified_on=date(2026, 1, 1), is_verified=True, note_en="no")


def empty() -> None:
    order = ["Need", "ExerciseType", "Phase", "Mechanism", "Domain", "SafetyText", "HelpRegion", "HelpLine", "RedFlag"]
    for name in [*order, "ComparisonNote", "Citation"]:
        getattr(models, name).objects.all().delete()


@pytest.mark.usefixtures("library")
def test_a_dry_run_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    dump_library(tmp_path)
    Mechanism.objects.filter(slug="sleep").update(one_line_en="Changed.", review_due_on=date(2030, 1, 1))
    Mechanism.objects.filter(slug="gaba").delete()
    HelpLine.objects.filter(region=None).update(url="https://elsewhere.example")
    versions, out = Revision.objects.count(), StringIO()

    call_command("library_load", tmp_path, dry_run=True, stdout=out)

    assert "added      mechanisms/gaba" in out.getvalue()
    assert "changed    mechanisms/sleep: one_line, review_due_on" in out.getvalue()
    assert "changed    international: rows" in out.getvalue()
    assert "unchanged  citations: 113" in out.getvalue()
    assert Mechanism.objects.get(slug="sleep").one_line_en == "Changed."
    assert Revision.objects.count() == versions


@pytest.mark.usefixtures("library")
def test_loading_wins_over_the_database_and_keeps_what_was_there(tmp_path: Path) -> None:
    call_command("library_dump", tmp_path, stdout=StringIO())
    Mechanism.objects.filter(slug="sleep").update(one_line_en="Changed.")

    call_command("library_load", tmp_path, stdout=StringIO())

    assert Mechanism.objects.get(slug="sleep").one_line_en != "Changed."


@pytest.mark.usefixtures("library")
def test_a_file_publishes_no_page_that_an_editor_could_not(tmp_path: Path) -> None:
    dump_library(tmp_path)
    page = tmp_path / "mechanisms" / "sleep.yaml"
    data = yaml.safe_load(page.read_text()) | {"how_it_works": []}
    page.write_text(yaml.safe_dump(data, allow_unicode=True))

    with pytest.raises(CommandError, match=r"mechanisms/sleep\.yaml: claims"):
        call_command("library_load", tmp_path, stdout=StringIO())


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [("time_horizon", "soon", "time_horizon is 'soon'"), ("reviewed_on", "yesterday", "reviewed_on is 'yesterday'")],
)
def test_a_value_that_does_not_fit_is_named(tmp_path: Path, field: str, value: str, problem: str) -> None:
    dump_library(tmp_path)
    page = tmp_path / "mechanisms" / "sleep.yaml"
    page.write_text(yaml.safe_dump(yaml.safe_load(page.read_text()) | {field: value}, allow_unicode=True))

    with pytest.raises(CommandError, match=problem):
        call_command("library_load", tmp_path, stdout=StringIO())
