"""What is wrong with a content file is said with the file and the field."""

import shutil
from pathlib import Path

import pytest
import yaml

from library.models import Citation
from library.services.content import ContentError, load_library
from library.services.content.files import CONTENT


@pytest.mark.django_db
def test_a_missing_text_is_named_with_file_and_field_and_nothing_is_loaded(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    page = folder / "mechanisms" / "sleep.yaml"
    data = yaml.safe_load(page.read_text())
    del data["try_it"]["zh-hans"]
    page.write_text(yaml.safe_dump(data, allow_unicode=True))

    with pytest.raises(ContentError, match=r"mechanisms/sleep\.yaml: try_it: zh-hans is missing"):
        load_library(folder=folder)

    assert not Citation.objects.exists()


@pytest.mark.django_db
def test_a_source_that_does_not_exist_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    page = folder / "mechanisms" / "sleep.yaml"
    page.write_text(page.read_text().replace("citations: [", "citations: [nobody1900, "))

    with pytest.raises(ContentError, match=r"sleep\.yaml: citations refers to 'nobody1900'"):
        load_library(folder=folder)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("caveats", [1], r"caveats\[1\]: expected a mapping"),
        ("caveats", -1, "caveats is not a list"),
        ("citations", -1, "citations is not a list"),
        ("citations", [[]], r"citations refers to '\[\]'"),
        ("try_it", {"en": [[]], "zh-hans": ""}, "try_it: en is not text"),
        ("reviewed_on", {"en": 1}, "reviewed_on is {'en': 1}, which is of another kind"),
    ],
)
def test_a_value_of_another_kind_is_named(tmp_path: Path, name: str, value: object, problem: str) -> None:
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    page = folder / "mechanisms" / "sleep.yaml"
    page.write_text(yaml.safe_dump(yaml.safe_load(page.read_text()) | {name: value}, allow_unicode=True))

    with pytest.raises(ContentError, match=problem):
        load_library(folder=folder)
