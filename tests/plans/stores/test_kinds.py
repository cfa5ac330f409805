"""What the page says of a store's kinds is what the code does, and what the library has."""

import re

import yaml

from plans.models.templates import Intensity
from plans.stores.kinds import APPLE, HEALTH_CONNECT, KINDS, kind_of
from tests.kit.source import ROOT

CONTENT = ROOT / "library" / "content" / "exercise_types.yaml"
PAGE = (ROOT / "docs" / "health-stores.md").read_text()
PREFIX = {APPLE: "HKWorkoutActivityType", HEALTH_CONNECT: "EXERCISE_TYPE_"}


def rows() -> list[list[str]]:
    """Return the lines of the table of kinds: ours, effort, Apple's names, Health Connect's."""
    lines = PAGE.split("## What a store's kinds are here")[1].split("## ")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "ours"]


def test_the_page_names_each_kind_as_the_code_does() -> None:
    told = {
        source: {PREFIX[source] + name: (slug, effort) for slug, effort, *names in rows()
                 for name in re.findall(r"`(\w+)`", names[place])}
        for place, source in enumerate((APPLE, HEALTH_CONNECT))
    }  # fmt: skip
    assert told == KINDS
    assert len(told[APPLE]) > 70
    assert len(told[HEALTH_CONNECT]) > 50


def test_every_kind_is_one_of_the_library() -> None:
    there = {kind["slug"] for kind in yaml.safe_load(CONTENT.read_text())["exercise_types"]}
    named = {slug for slug, *_ in rows()} | {kind.slug for names in KINDS.values() for kind in names.values()}
    assert named
    assert named <= there
    assert {kind.effort for names in KINDS.values() for kind in names.values()} <= set(Intensity.values)


def test_no_name_stands_under_two_kinds() -> None:
    for place in (2, 3):
        names = [name for row in rows() for name in re.findall(r"`(\w+)`", row[place])]
        assert len(names) == len(set(names))


def test_what_says_too_little_is_nothing() -> None:
    for source, name in ((APPLE, "HKWorkoutActivityTypeOther"), (APPLE, "EXERCISE_TYPE_YOGA"), (HEALTH_CONNECT, "")):
        assert kind_of(source, name) is None
