"""Every row of the site, and which of them are somebody's by docs/data-register.yaml."""

import json
from typing import Any

import yaml
from django.apps import apps
from django.db import models

from accounts.models import User
from tests.kit.source import ROOT

REGISTER: dict[str, dict[str, str]] = yaml.safe_load((ROOT / "docs" / "data-register.yaml").read_text())
ALL = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
type Rows = set[tuple[type[models.Model], Any]]


def rule(field: Any) -> str:
    return REGISTER[field.model._meta.label][field.attname].split()[2]


def everything() -> Rows:
    return {(model, pk) for model in ALL for pk in model._base_manager.values_list("pk", flat=True)}


def links(target: type[models.Model]) -> list[Any]:
    """Return the columns that lead to a model."""
    fields = [field for model in ALL for field in model._meta.concrete_fields if field.is_relation]
    return [field for field in fields if field.related_model._meta.concrete_model is target]


def theirs(person: User) -> Rows:
    """Return the rows that the register says are erased: the person's, and what hangs on those."""
    found: Rows = {(User, person.pk)}
    new = set(found)
    while new:
        reached: Rows = set()
        for model, pk in new:
            for field in links(model):
                if rule(field) == "erased":
                    rows = field.model._base_manager.filter(**{field.attname: pk}).values_list("pk", flat=True)
                    reached |= {(field.model, row) for row in rows}
        new = reached - found
        found |= new
    return found


def dump() -> bytes:
    """Return what stands in every column of the site."""
    rows = [row for model in ALL for row in model._base_manager.values()]
    return json.dumps(rows, default=lambda value: value.hex() if isinstance(value, bytes) else str(value)).encode()
