"""Why an outing may help: rules of `content/reasons.yaml` over what is known of it. Nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.visibility import Viewer
from library.dose import in_language
from library.models import Mechanism

CONTENT = Path(__file__).parent / "content" / "reasons.yaml"


@dataclass(frozen=True)
class Reason:
    """A mechanism that the outing may act on, and in one sentence why it is named here."""

    mechanism: Mechanism
    why: str


@cache
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
    return loaded


def rules_for(facts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rules that fit the facts, in the order of the file."""
    fitting = [
        rule for rule in content()["reasons"] if all(facts.get(name) in rule["when"][name] for name in rule["when"])
    ]
    return fitting[: content()["at_most"]]


def reasons_for(viewer: Viewer, facts: Mapping[str, str]) -> list[Reason]:
    """Return the reasons whose mechanism the viewer may read, in one query."""
    rules = rules_for(facts)
    rows = Mechanism.objects.visible_to(viewer).select_related("domain")
    shown = {row.slug: row for row in rows.filter(slug__in=[rule["mechanism"] for rule in rules])}
    return [Reason(shown[rule["mechanism"]], in_language(rule)) for rule in rules if rule["mechanism"] in shown]
