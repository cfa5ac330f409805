"""Two more of every row there is, so that a list of one becomes a list of three."""

import copy
from datetime import date, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models import Field, ForeignKey, Model, UniqueConstraint

from notifications.models import Delivery, Notification

TIMES = (1, 2)
ROOMS = [
    "accounts",
    "library",
    "plans",
    "groups",
    "notifications",
    "moderation",
]  # below before above: parents come first
type Copies = dict[tuple[type[Model], object], list[Model]]


def growing_models() -> list[type[Model]]:
    """Return every model of the site whose rows stand in lists; versions and the index are kept beside them.

    So is what senders and planners keep of themselves (one row for each channel and job), what devices were told and
    what they said of what is gone, and what somebody is signed in with.
    """
    ours = [m for room in ROOMS for m in apps.get_app_config(room).get_models()]
    beside = ("Revision", "Search", "Line", "Tick", "Sync", "GoneLog", "StoreWord", "AccountSession")
    found = [m for m in [*ours, EmailAddress] if not m.__name__.startswith(beside) and not m._meta.proxy]
    return _parents_first(found)


def _parents_first(found: list[type[Model]]) -> list[type[Model]]:
    ordered: dict[type[Model], None] = {}

    def add(model: type[Model]) -> None:
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model in found and field.related_model is not model:
                add(field.related_model)
        ordered.setdefault(model)

    for model in found:
        add(model)
    return list(ordered)


def make_more() -> None:
    """Copy every row twice; copies of children hang on the same parents, so what a row holds grows too."""
    copies: Copies = {}
    for model in growing_models():
        for row in list(model._base_manager.all()):
            made = [_copied(row, changed, n, copies) for changed in _ways_to_differ(row, copies) for n in TIMES]
            copies[model, row.pk] = made
            if model is Notification:  # the database sends each out by its own ways; its copies have those of the row
                Delivery.objects.filter(notification__in=made).delete()
            for field in model._meta.many_to_many:
                linked = getattr(row, field.name)
                targets = list(linked.all())
                linked.add(*(twin for target in targets for twin in copies.get((type(target), target.pk), [])))
                for new in made:
                    getattr(new, field.name).set(targets)


def _ways_to_differ(row: Model, copies: Copies) -> list[set[str]]:
    """Return sets of fields to change in a copy: a link to each copied parent, a day, an address, what is unique."""
    unique = [c.fields for c in row._meta.constraints if isinstance(c, UniqueConstraint) and c.fields]
    together = [set(names) for names in unique if all(getattr(row, name) not in {None, ""} for name in names)]
    if not together:
        return [set()]
    links = [name for name in sorted(together[0]) if _is_link(row, name, copies)]
    others = models.DateField | models.UUIDField
    links += [name for name in sorted(together[0]) if isinstance(row._meta.get_field(name), others)]
    return [_satisfied({name}, row, together) for name in links] or [_satisfied(set(), row, together)]


def _satisfied(changed: set[str], row: Model, together: list[set[str]]) -> set[str]:
    for names in together:
        if not names & changed:
            plain = [name for name in sorted(names) if not row._meta.get_field(name).choices]
            changed = changed | {next(n for n in plain if not isinstance(row._meta.get_field(n), ForeignKey))}
    return changed


def _is_link(row: Model, name: str, copies: Copies) -> bool:
    value = getattr(row, name)
    return isinstance(value, Model) and (type(value), value.pk) in copies


def _copied(row: Model, changed: set[str], n: int, copies: Copies) -> Model:
    new = copy.copy(row)
    new.pk, new._state = None, models.base.ModelState()
    for field in row._meta.concrete_fields:
        if not field.primary_key and (field.unique or field.name in changed):
            setattr(new, field.name, _other(field, row, n, copies))
    new.save(force_insert=True)
    return new


def _other(field: Field, row: Model, n: int, copies: Copies) -> object:  # type: ignore[type-arg]
    value = getattr(row, field.name)
    if value is None:
        return None
    if isinstance(field, ForeignKey):
        return copies[type(value), value.pk][n - 1]
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(value, date):
        return value - timedelta(days=100 * n)
    return value + 100 * n if isinstance(value, int) else f"{n}-{value}"[: field.max_length]
