"""The kinds of movement and the mechanisms, of which there are few: what is said of them where another row names them.

These rows hold their address, their place, and the words in which they are listed. Whatever else one is asked for is
looked up then.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import CharField, IntegerField, Model, QuerySet, Value
from modeltranslation.utils import build_localized_fieldname

from core.gathered import made
from core.visibility import Viewer
from library.models import Domain, ExerciseType, Mechanism

WORDS = [build_localized_fieldname(name, code) for name in ("name", "one_line") for code, _ in settings.LANGUAGES]
OF_KIND = ["id", "slug", "order", *WORDS]
OF_DOMAIN = ["id", "slug", "order"]
OF_MECHANISM = [*OF_KIND, "domain_id", "domain__slug", "domain__order"]
OF_NO_DOMAIN: list[Any] = [IntegerField(), CharField(), IntegerField()]

type Few = dict[type[Model], dict[str, Any]]


def few_for(viewer: Viewer) -> Few:
    """Return address → row of all kinds and of the mechanisms that the viewer may read about, in one query."""
    mechanisms: Any = Mechanism.objects.visible_to(viewer).order_by()
    kinds: Any = ExerciseType.objects.visible_to(viewer).order_by()
    nothing = [Value(None, output_field=field) for field in OF_NO_DOMAIN]
    # The framework's own way, for that of translated rows keeps no order of columns.
    rows = QuerySet.values_list(mechanisms, *OF_MECHANISM).union(
        QuerySet.values_list(kinds, *OF_KIND, *nothing), all=True
    )
    found: Few = {ExerciseType: {}, Mechanism: {}}
    for values in rows:
        is_kind = values[len(OF_KIND)] is None
        row = kind_of(values[: len(OF_KIND)]) if is_kind else mechanism_of(values)
        found[type(row)][row.slug] = row
    return found


def kind_of(values: Sequence[Any]) -> ExerciseType:
    """Return the kind whose `OF_KIND` these are."""
    return made(ExerciseType, OF_KIND, values)


def mechanism_of(values: Sequence[Any]) -> Mechanism:
    """Return the mechanism whose `OF_MECHANISM` these are, with its domain."""
    own, of_domain = values[: len(OF_KIND) + 1], values[len(OF_KIND) :]
    mechanism = made(Mechanism, OF_MECHANISM[: len(own)], own)
    mechanism.domain = made(Domain, OF_DOMAIN, of_domain)
    return mechanism
