"""A word of its own in every text column, so that a leak can be traced to the column it came from."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.core.validators import MaxLengthValidator, MinLengthValidator, ProhibitNullCharactersValidator
from django.db import models

OUR_APPS = ("accounts", "notifications", "moderation", "library", "plans", "groups", "reminders")
_WORD = re.compile(rb"canary([0-9a-z]+?)yranac")
_TEXT = (models.CharField, models.TextField)
_LENGTH_CHECKS = (MaxLengthValidator, MinLengthValidator, ProhibitNullCharactersValidator)


@dataclass(frozen=True)
class Column:
    """A column that holds free text."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    @property
    def word(self) -> str:
        """The canary of the column: one lower-case word that means nothing and survives every escaping."""
        return f"canary{_number(self)}yranac"


def text_columns(labels: tuple[str, ...] = OUR_APPS) -> list[Column]:
    """Return every free text column: no choices, keys, addresses or codes that a check would refuse."""
    found = []
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            found += [Column(model, field.name) for field in model._meta.concrete_fields if _is_free_text(field)]
    return found


def fill(row: models.Model) -> list[Column]:
    """Write the canary into every text column of the row (past forms and services), and return the columns."""
    columns = [column for column in text_columns((row._meta.app_label,)) if column.model is type(row)]
    for column in columns:
        setattr(row, column.name, column.word)
    type(row)._base_manager.filter(pk=row.pk).update(**{column.name: column.word for column in columns})
    return columns


def find_canaries(data: bytes) -> set[str]:
    """Return the names of the columns (`app.model.column`) whose canary is in the data."""
    named = {column.word.encode(): str(column) for column in text_columns()}
    return {named.get(match.group(), match.group().decode()) for match in _WORD.finditer(data.lower())}


def _is_free_text(field: models.Field) -> bool:  # type: ignore[type-arg]
    if not isinstance(field, _TEXT) or isinstance(field, models.EmailField | models.SlugField | models.URLField):
        return False
    is_roomy = field.max_length is None or field.max_length >= 20
    is_free = not field.choices and not field.unique
    return is_roomy and is_free and all(isinstance(check, _LENGTH_CHECKS) for check in field.validators)


def _number(column: Column) -> str:
    everything = sorted(str(other) for other in text_columns())
    return f"{everything.index(str(column)):03d}"
