"""Admin classes that know which texts exist in two languages. No script of modeltranslation is loaded."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from unfold.admin import ModelAdmin, StackedInline

from library.models import Citation
from library.services.search_index import reindex


def texts_of(model: type[Model]) -> list[str]:
    """Return the names of the model's translated fields, in their order."""
    return list(translator.get_options_for_model(model).all_fields)


def localized(names: list[str], code: str) -> list[str]:
    return [build_localized_fieldname(name, code) for name in names]


class SearchedAdmin(ModelAdmin):  # type: ignore[misc]
    """Keeps the index of search as the form leaves the row and the rows below it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        reindex([obj])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        below = [row.instance for formset in formsets for row in formset.forms if row.instance.pk]
        reindex([form.instance, *below])


class TranslatedModelAdmin(SearchedAdmin):
    """Facts first, then one tab a language. `facts` are the untranslated fields of the form."""

    facts: ClassVar[list[str | tuple[str, ...]]] = []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        texts = texts_of(self.model)
        tabs = [(name, {"classes": ["tab"], "fields": localized(texts, code)}) for code, name in settings.LANGUAGES]
        return [(None, {"fields": self.facts}), *tabs]


class TranslatedInline(StackedInline):  # type: ignore[misc]
    """Rows below a page: facts, then the text in each language side by side."""

    facts: ClassVar[list[str | tuple[str, ...]]] = ["order"]
    extra = 0

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        codes = [code for code, _name in settings.LANGUAGES]
        pairs = [tuple(build_localized_fieldname(name, code) for code in codes) for name in texts_of(self.model)]
        return [*self.facts, *pairs]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Pick sources by typing: a list of them all below every claim would be long."""
        fields = self.model._meta.get_fields()  # noqa: SLF001 - the documented name
        return [field.name for field in fields if field.many_to_many and field.related_model is Citation]
