"""What waits for an editor: named lists of rows, counted on the desk and opened as filtered lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Model, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from library import models
from library.models import Citation, HelpLine, Mechanism, Publication
from library.models.safety import doubtful_on

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Queue:
    """`waits(today)` says which rows of `model` are in it. An urgent one may leave a reader without help."""

    name: str
    label: str | Promise
    model: type[Model]
    waits: Callable[[date], Q]
    is_urgent: bool = False

    @property
    def kind(self) -> str:
        return str(self.model._meta.verbose_name_plural)  # noqa: SLF001 - the documented name


def lacks_translation(model: type[Model]) -> Q:
    """A text is written in one language and not in another."""
    return reduce(or_, (_half_written(name) for name in translator.get_options_for_model(model).all_fields))


def _half_written(name: str) -> Q:
    columns = [build_localized_fieldname(name, code) for code, _language in settings.LANGUAGES]
    empty = [Q(**{column: ""}) | Q(**{f"{column}__isnull": True}) for column in columns]
    return reduce(or_, empty) & reduce(or_, (~one for one in empty))


def _page_lacks_translation(_today: date) -> Q:
    parts = (models.Claim, models.Caveat, models.Relation)
    below: list[Any] = [
        Q(Exists(part._default_manager.filter(lacks_translation(part), mechanism=OuterRef("pk"))))  # noqa: SLF001
        for part in parts
    ]
    return reduce(or_, below, lacks_translation(Mechanism))


def _public(condition: Q) -> Q:
    return Q(status=Publication.PUBLISHED) & condition


TRANSLATION = _("missing a translation")
OTHERS = (
    models.SafetyText,
    models.HelpRegion,
    models.Need,
    models.RedFlag,
    models.ExerciseType,
    models.ComparisonNote,
    models.Domain,
    models.Phase,
)
QUEUES: list[Queue] = [
    Queue("review", _("waiting for a review"), Mechanism, lambda _today: Q(status=Publication.REVIEW)),
    Queue("scheduled", _("to be published at a set time"), Mechanism, lambda _today: Q(status=Publication.SCHEDULED)),
    Queue("drafts", _("drafts"), Mechanism, lambda _today: Q(status=Publication.DRAFT)),
    Queue("overdue", _("overdue for another look"), Mechanism, lambda today: _public(Q(review_due_on__lt=today))),
    Queue(
        "due-soon",
        _("due for another look within 30 days"),
        Mechanism,
        lambda today: _public(Q(review_due_on__range=(today, today + SOON))),
    ),
    Queue("translation", TRANSLATION, Mechanism, _page_lacks_translation),
    Queue("new", _("added by a writer"), Citation, lambda _today: Q(waits_for_editor=True)),
    Queue("numbers", _("figures not checked"), Citation, lambda _today: Q(numbers_verified=False)),
    Queue("doi", _("DOI not seen to resolve"), Citation, lambda _today: ~Q(doi="") & Q(doi_is_verified=False)),
    Queue("translation", TRANSLATION, Citation, lambda _today: lacks_translation(Citation)),
    Queue("unchecked", _("not checked for 180 days, or never"), HelpLine, doubtful_on, is_urgent=True),
    Queue("due", _("to be checked again"), HelpLine, lambda today: Q(review_due_on__lt=today)),
    Queue("translation", TRANSLATION, HelpLine, lambda _today: lacks_translation(HelpLine)),
    *(Queue("translation", TRANSLATION, model, lambda _today, m=model: lacks_translation(m)) for model in OTHERS),  # type: ignore[misc]
]


def queues_of(model: type[Model]) -> list[Queue]:
    return [queue for queue in QUEUES if queue.model is model]


def counted(today: date) -> Iterator[tuple[Queue, int]]:
    """Yield every queue with how many wait in it: one query a model."""
    for model, group in groupby(QUEUES, key=lambda queue: queue.model):
        queues = list(group)
        numbers = {f"n{place}": Count("pk", filter=queue.waits(today)) for place, queue in enumerate(queues)}
        found = model._default_manager.aggregate(**numbers)  # noqa: SLF001 - the documented name
        yield from ((queue, found[f"n{place}"]) for place, queue in enumerate(queues))
