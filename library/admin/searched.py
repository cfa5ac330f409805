"""The admin of rows that search finds and that keep no versions."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin

from library.services.search_index import reindex


class SearchedAdmin(ModelAdmin):  # type: ignore[misc]
    """Keeps the index of search as the form leaves the row and the rows below it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        reindex([obj])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        below = [row.instance for formset in formsets for row in formset.forms if row.instance.pk]
        reindex([form.instance, *below])
