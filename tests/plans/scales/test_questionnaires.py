"""The operator's words are taken whole, or refused with the file and the field."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import translation

from plans.checks import check_in_scales
from plans.scales.questionnaires import ItemsError, read_items
from plans.scales.scoring import scales
from plans.scales.switched_on import switched_on

GOOD = Path(__file__).parents[2] / "kit" / "check_ins"
DOCUMENT = Path(__file__).parents[3] / "docs" / "operating.md"


def words_of(key: str = "phq8") -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((GOOD / f"{key}.yaml").read_text(encoding="utf-8"))
    return found


def refusal_of(folder: Path, words: Any, key: str = "phq8") -> str:
    file = folder / f"{key}.yaml"
    file.write_text(words if isinstance(words, str) else yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ItemsError) as refused:
        read_items(file, scales()[key])
    return str(refused.value)


def test_good_words_are_read_in_both_languages() -> None:
    read = read_items(GOOD / "phq8.yaml", scales()["phq8"])
    assert (len(read.items), [option.score for option in read.options]) == (8, [0, 1, 2, 3])
    with translation.override("zh-hans"):
        assert read.items[0].text == "phq8 问题一"


CHANGES: dict[str, tuple[Any, str]] = {
    "another scale": (lambda w: w.update(scale="gad7"), "scale: expected phq8"),
    "no licence": (lambda w: w.update(licence=" "), "licence: missing"),
    "no source": (lambda w: w.pop("source"), "source: missing"),
    "an item too few": (lambda w: w["items"].pop(), "items: PHQ-8 has 8, found 7"),
    "an item too many": (lambda w: w["items"].append({"en": "x", "zh-hans": "y"}), "items: PHQ-8 has 8, found 9"),
    "no items": (lambda w: w.pop("items"), "items: PHQ-8 has 8, found none"),
    "one language": (lambda w: w["items"][2].pop("zh-hans"), "items.3.zh-hans: missing"),
    "a third language": (lambda w: w["items"][0].update(de="x"), "items.1.de: not a language"),
    "an item twice": (lambda w: w["items"].__setitem__(1, w["items"][0]), "items: two of them say the same in en"),
    "an option too few": (lambda w: w["options"].pop(), "options: expected each score from 0 to 3 once"),
    "a score twice": (lambda w: w["options"][1].update(score=0), "options: expected each score from 0 to 3 once"),
    "a score in words": (lambda w: w["options"][1].update(score="1"), "options.2.score: expected a whole number"),
    "no score": (lambda w: w["options"][1].pop("score"), "options.2.score: expected a whole number"),
    "markup": (lambda w: w["items"][0].update(en="<b>x</b>"), "items.1.en: markup"),
    "a hidden turn": (lambda w: w["items"][0].update(en="x\u202ey"), "items.1.en: markup or an invisible"),
    "a long text": (lambda w: w["items"][0].update(en="x" * 601), "items.1.en: longer than 600"),
    "the example": (lambda w: w["items"][0].update(en="REPLACE: item 1"), "items.1.en: still the text of the example"),
    "a typing slip": (lambda w: w.update(instructions="x"), "instructions: not a field"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_words_that_are_not_whole_are_refused_with_the_field(name: str, tmp_path: Path) -> None:
    change, expected = CHANGES[name]
    words = words_of()
    change(words)
    assert refusal_of(tmp_path, words).startswith(f"phq8.yaml: {expected}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected a mapping"),
        ("- a", "expected a mapping"),
        ("a: [", "not readable as YAML"),
        ("a: " + "[" * 30_000, "not readable as YAML"),
        ("!!python/object/apply:os.system [ls]", "not readable as YAML"),
        ("# " + "x" * 70_000, "larger than 64 KB"),
    ],
)
def test_a_file_that_is_no_file_of_words_is_refused(text: str, expected: str, tmp_path: Path) -> None:
    assert refusal_of(tmp_path, text) == f"phq8.yaml: {expected}"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ItemsError, match=r"gad7\.yaml: cannot be read"):
        read_items(tmp_path / "gad7.yaml", scales()["gad7"])


def test_the_example_of_the_document_has_the_shape_and_is_refused_for_its_stand_ins(tmp_path: Path) -> None:
    example = DOCUMENT.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    assert "still the text of the example" in refusal_of(tmp_path, example, "who5")
    filled = tmp_path / "who5.yaml"
    filled.write_text(example.replace("REPLACE", "Said"), encoding="utf-8")
    assert len(read_items(filled, scales()["who5"]).items) == 5


def test_a_scale_without_good_words_stays_off_and_the_check_says_so(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "who5.yaml").write_text((GOOD / "who5.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    settings.CHECK_IN_SCALES, settings.CHECK_IN_ITEMS_DIR = ["who5", "gad7", "phq9"], str(tmp_path)
    assert list(switched_on()) == ["who5"]
    said = [warning.msg for warning in check_in_scales(None)]
    assert len(said) == 2
    assert "gad7.yaml: cannot be read" in said[0]
    assert "phq9: no such scale" in said[1]
    with pytest.raises(CommandError, match="2 of the scales"):
        call_command("check_scales")


def test_nothing_is_on_unless_the_operator_says_so(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.CHECK_IN_SCALES = []
    assert switched_on() == {}
    assert check_in_scales(None) == []
    call_command("check_scales")
    assert "No check-in is switched on" in capsys.readouterr().out
    settings.CHECK_IN_SCALES, settings.CHECK_IN_ITEMS_DIR = ["who5"], ""
    assert "CHECK_IN_ITEMS_DIR" in check_in_scales(None)[0].msg


def test_no_words_of_a_scale_are_shipped() -> None:
    for file in Path(read_items.__code__.co_filename).parent.glob("*.yaml"):
        assert isinstance(yaml.safe_load(file.read_text(encoding="utf-8"))["items"], int)
