"""The words that mean the same, and a file that is refused with the place at fault."""

from pathlib import Path

import pytest
import yaml

from library.search.synonyms import FILE, read_synonyms
from library.services.content import ContentError
from library.services.content.files import CONTENT


def file_with(folder: Path, section: str, value: object) -> Path:
    data = yaml.safe_load((CONTENT / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(yaml.safe_dump(data | {section: value}, allow_unicode=True), encoding="utf-8")
    return folder


def test_both_languages_lead_to_each_other() -> None:
    known = read_synonyms()

    assert {"insomnia", "睡不着"} <= known.same_as["cant sleep"]
    assert "sleep" in known.same_as["失眠"]
    assert {"suicide", "自杀"} <= known.care
    assert "求助" in known.same_as["自杀"]


@pytest.mark.parametrize(
    ("section", "value", "message"),
    [
        ("groups", [{"en": ["sleep"]}], r"synonyms\.yaml: groups\[1\]: zh-hans is missing"),
        ("groups", [{"en": "sleep", "zh-hans": ["睡眠"]}], "en is not a list"),
        ("groups", [{"en": [True], "zh-hans": ["睡眠"]}], "en has True, which is not text"),
        ("groups", [{"en": ["Sleep", "sleep"], "zh-hans": ["睡眠"]}], "en has 'sleep' twice"),
        ("ignored", None, "ignored is missing"),
        ("care", {"like": "nobody", "en": ["x"], "zh-hans": ["y"]}, "like has 'nobody', which is in no group"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, section: str, value: object, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        read_synonyms(file_with(tmp_path, section, value))
