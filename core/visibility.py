"""One doorway for visibility: rows reach a page or an answer only through `visible_to(viewer)`.

A QuerySet that never passed the doorway raises `Unscoped` when it is iterated, counted or tested
while a page or an answer is being made (see `presenting`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404

if TYPE_CHECKING:
    from accounts.models import User

type Viewer = "User | AnonymousUser"

_presenting: ContextVar[bool] = ContextVar("presenting", default=False)


class Unscoped(RuntimeError):
    """Rows were about to be shown without asking who is looking."""


@contextmanager
def presenting() -> Iterator[None]:
    """Mark the block as making something that a person will see."""
    token = _presenting.set(True)
    try:
        yield
    finally:
        _presenting.reset(token)


class VisibilityQuerySet[M: models.Model](models.QuerySet[M]):
    """Base of every QuerySet of the product. Subclasses define `_visible_to`."""

    is_scoped = False

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the rows that `viewer` may know of."""
        scoped = self._visible_to(viewer)
        scoped.is_scoped = True
        return scoped

    def _visible_to(self, viewer: Viewer) -> Self:
        raise NotImplementedError(f"{type(self).__name__} must define _visible_to")

    def _clone(self) -> Self:
        clone = cast("Self", super()._clone())  # type: ignore[misc]
        clone.is_scoped = self.is_scoped
        return clone

    def _guard(self) -> None:
        if _presenting.get() and not self.is_scoped:
            raise Unscoped(f"{self.model.__name__} rows reached a page without visible_to(viewer)")

    def _fetch_all(self) -> None:
        self._guard()
        super()._fetch_all()

    def count(self) -> int:
        self._guard()
        return super().count()

    def exists(self) -> bool:
        self._guard()
        return super().exists()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        self._guard()
        return super().iterator(*args, **kwargs)


class PublicQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Rows that are part of something public and hold nothing personal."""

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.all()


class OwnQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Rows with one reader: the person they belong to (field `person`)."""

    def _visible_to(self, viewer: Viewer) -> Self:
        if not viewer.is_authenticated:
            return self.none()
        return self.filter(person=viewer)


class PrivateQuerySet[M: models.Model](OwnQuerySet[M]):
    """Rows that nobody but their person ever reads, in a service or a task no more than on a page.

    Whatever reads them names the person first (`visible_to(person)`), or raises `Unscoped`.
    """

    def of_each(self, people: Collection[int]) -> Self:
        """Return the rows of several people at once, where each is used for its own person alone."""
        scoped = self.filter(person__in=people)
        scoped.is_scoped = True
        return scoped

    def _guard(self) -> None:
        if not self.is_scoped:
            raise Unscoped(f"{self.model.__name__} rows were read without visible_to(person)")

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._guard()
        return super().aggregate(*args, **kwargs)


def get_visible[M: models.Model](queryset: VisibilityQuerySet[M], viewer: Viewer, **lookup: Any) -> M:
    """Return the one row that `viewer` may see, or raise 404 as if it had never existed."""
    try:
        return queryset.visible_to(viewer).get(**lookup)
    except (ObjectDoesNotExist, ValueError) as error:
        raise Http404 from error


def get_still[M: models.Model](rows: models.QuerySet[M], row: M) -> M:
    """Return the row as it is now, or raise 404 where it went after it was looked up: `rows` may wait for its lock."""
    try:
        return rows.get(pk=row.pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error
