"""Why an outing may help: rules in the content, the same answer every time."""

import re

import pytest

from groups.models import Event, Group
from library.models import Mechanism
from library.reasons import content, rules_for

FACTS = {"company": "group", "setting": "forest", "kind": "hiking", "effort": "easy"}
KNOWN = {
    "company": {"group"},
    "setting": set(Event.Setting.values),
    "kind": set(Group.Kind.values),
    "effort": set(Group.Effort.values),
}


def slugs(**facts: str) -> list[str]:
    return [rule["mechanism"] for rule in rules_for(FACTS | facts)]


def test_a_forest_leads_to_nature_and_a_room_does_not() -> None:
    assert slugs() == ["nature", "social-connection", "self-efficacy"]
    assert "nature" not in slugs(setting="indoor")


def test_company_leads_to_connection_whatever_else_is_known() -> None:
    for setting in Event.Setting.values:
        for kind in Group.Kind.values:
            assert "social-connection" in slugs(setting=setting, kind=kind)


def test_every_rule_names_facts_that_exist() -> None:
    for rule in content()["reasons"]:
        for name, values in rule["when"].items():
            assert set(values) <= KNOWN[name], rule


@pytest.mark.usefixtures("library")
def test_every_rule_names_a_page_of_the_library_and_promises_nothing() -> None:
    known = set(Mechanism.objects.values_list("slug", flat=True))
    for rule in content()["reasons"]:
        assert rule["mechanism"] in known
        assert re.search(r"\bmay\b|linked with", rule["en"])
        assert "可能" in rule["zh-hans"] or "会" in rule["zh-hans"]
