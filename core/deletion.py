"""Rows that the database deletes with the row that they hang on, in the statement that deletes that one."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.models.deletion import DatabaseOnDelete


class LinksField(models.ManyToManyField):  # type: ignore[type-arg]  # which is made for two models
    """Many to many, where the links go in the database with the row that has the field, and not in Python."""

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, *args, **kwargs)
        links: Any = self.remote_field.through
        own = links._meta.get_field(cls._meta.model_name)  # noqa: SLF001 - documented API, as below
        own.remote_field.on_delete = models.DB_CASCADE


def check_what_goes_in_the_database(app_configs: Iterable[AppConfig] | None, **_options: Any) -> list[CheckMessage]:
    """Find what would be left behind in any of our models or of the libraries'."""
    return list(left_behind(apps.get_models(include_auto_created=True)))


def left_behind(found: Iterable[type[models.Model]]) -> Iterator[CheckMessage]:
    """Yield an error for what hangs in Python's care alone on rows that the database deletes.

    Django refuses every mix of the two along a chain of references (fields.E323, models.E050), which are silenced for
    this. One way round is sound: Python deletes a row, and the database what hangs on it. The other way round is not,
    for Python hears nothing of what the database deletes.
    """
    for model in found:
        fields: list[Any] = model._meta.get_fields(include_hidden=True)  # noqa: SLF001
        if any(_goes_with_another(field) for field in fields):
            for relation in fields:
                if _hangs_on(relation) and not isinstance(relation.on_delete, DatabaseOnDelete):
                    yield Error(
                        "The database deletes the rows that this points to, and Python alone knows what then to do.",
                        hint="Let it be DB_CASCADE or DB_SET_NULL, or a LinksField.",
                        obj=relation.field,
                        id="core.E001",
                    )


def _goes_with_another(field: Any) -> bool:
    return field.concrete and getattr(field.remote_field, "on_delete", None) is models.DB_CASCADE


def _hangs_on(field: Any) -> bool:
    return field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
