"""Pages of the API: cursors, so that a list that grows while it is read shows nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response


@dataclass(frozen=True)
class Opening:
    """Stands for a queryset where only its first rows are asked for: `first` gives so many, in this order."""

    first: Callable[[int], list[Any]]
    ordering: tuple[str, ...]

    def order_by(self, *ordering: str) -> Self:
        if ordering != self.ordering:
            raise ValueError(f"These rows come by {self.ordering}, not by {ordering}.")
        return self

    def __getitem__(self, cut: slice) -> list[Any]:
        return self.first(cut.stop)[cut.start :]


class Pages(CursorPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering: str | tuple[str, ...] = "-created_at"

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """Return the page. A cursor that nobody was given leads nowhere."""
        try:
            return self.page_of(queryset, request, view)
        except (ValidationError, ValueError, TypeError, OverflowError) as error:
            if request.query_params.get(self.cursor_query_param):
                raise exceptions.NotFound(self.invalid_cursor_message) from error
            raise

    def respond(self, rows: Any, shape: Any, view: Any, *, each: Callable[[Any], Any] = lambda row: row) -> Response:
        """Return the page of the rows that the view was asked for, each in this shape, made into something by `each`.

        For views that are no viewsets.
        """
        page = self.paginate_queryset(rows, view.request, view=view) or []
        return self.get_paginated_response(shape([each(row) for row in page], many=True).data)

    def page_of(self, queryset: Any, request: Request, view: Any) -> list[Any] | None:
        return super().paginate_queryset(queryset, request, view)
