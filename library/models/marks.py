"""What a person keeps of the library: bookmarks, and pages they say they have read. Only they can see them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.visibility import OwnQuerySet, Viewer
from library.models.exercise import ExerciseType
from library.models.mechanisms import Mechanism
from library.models.needs import Need

type Markable = Mechanism | Need | ExerciseType

MARKABLE: dict[str, type[Mechanism] | type[Need] | type[ExerciseType]] = {
    "mechanism": Mechanism,
    "need": Need,
    "exercise_type": ExerciseType,
}


def kind_of(page: Markable) -> str:
    """Return the name of the kind of page, which is also the column of a mark that points to it."""
    return next(kind for kind, model in MARKABLE.items() if isinstance(page, model))


class MarkQuerySet(OwnQuerySet["Mark"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """The person's own; a page that is no longer public takes its mark out of sight with it."""
        shown = Mechanism.objects.visible_to(viewer)
        return super()._visible_to(viewer).filter(Q(mechanism=None) | Q(mechanism__in=shown))

    def bookmarks(self) -> Self:
        return self.filter(sense=Mark.Sense.BOOKMARK)

    def on(self, page: Markable) -> Self:
        return self.filter(**{kind_of(page): page})

    def with_pages(self) -> Self:
        """Bring the pages along, the latest mark first."""
        return self.select_related("mechanism__domain", "need", "exercise_type").order_by("-created_at", "-pk")


class Mark(models.Model):
    """A person's bookmark on a page, or their word that they have read it. Exactly one page each."""

    class Sense(models.TextChoices):
        BOOKMARK = "bookmark", _("bookmark")
        READ = "read", _("read")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sense = models.CharField(_("meaning"), max_length=10, choices=Sense.choices)
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="+", null=True, blank=True)
    need = models.ForeignKey(Need, models.CASCADE, related_name="+", null=True, blank=True)
    exercise_type = models.ForeignKey(ExerciseType, models.CASCADE, related_name="+", null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(mechanism__isnull=False, need=None, exercise_type=None)
                | Q(mechanism=None, need__isnull=False, exercise_type=None)
                | Q(mechanism=None, need=None, exercise_type__isnull=False),
                name="mark_on_one_page",
            ),
            *(
                models.UniqueConstraint(
                    fields=["person", "sense", kind],
                    condition=Q(**{f"{kind}__isnull": False}),
                    name=f"mark_{kind}_once",
                )
                for kind in MARKABLE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sense} {self.kind}"

    @property
    def kind(self) -> str:
        return next(kind for kind in MARKABLE if getattr(self, f"{kind}_id"))

    @property
    def page(self) -> Markable:
        page: Markable = getattr(self, self.kind)
        return page
