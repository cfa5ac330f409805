"""Every column is classified: who may read it, and what export, erasure and logs do with it."""

import yaml
from django.apps import apps

from tests.kit.source import ROOT

REGISTER = ROOT / "docs" / "data-register.yaml"
RULES = [
    {"public", "group", "private", "secret"},
    {"exported", "not-exported"},
    {"erased", "emptied", "kept"},
    {"never-logged", "may-be-logged"},
]


def columns() -> set[str]:
    """Return `app.Model.column` for every table of the site, those of libraries included."""
    models = [m for m in apps.get_models(include_auto_created=True) if not m._meta.proxy]
    return {f"{m._meta.label}.{field.attname}" for m in models for field in m._meta.concrete_fields}


def registered() -> dict[str, list[str]]:
    register = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    return {f"{model}.{column}": rules.split() for model, entry in register.items() for column, rules in entry.items()}


def test_every_column_is_in_the_register() -> None:
    assert columns() - set(registered()) == set()


def test_the_register_names_no_column_that_is_gone() -> None:
    assert set(registered()) - columns() == set()


def test_every_column_says_who_reads_it_and_what_becomes_of_it() -> None:
    wrong = {
        column: rules
        for column, rules in registered().items()
        if len(rules) != len(RULES) or any(rule not in allowed for rule, allowed in zip(rules, RULES, strict=False))
    }
    assert wrong == {}


def test_what_is_private_or_secret_is_never_logged() -> None:
    leaky = [c for c, rules in registered().items() if rules[0] in {"private", "secret"} and rules[3] != "never-logged"]
    assert leaky == []


def test_secrets_are_never_exported() -> None:
    assert [c for c, rules in registered().items() if rules[0] == "secret" and rules[1] == "exported"] == []
