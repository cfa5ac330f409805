"""What every page of the library's admin shares: a tab a language, plain words, fixed addresses, kept versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from unfold.admin import ModelAdmin, StackedInline

from accounts.models import User
from core import clock
from library.admin.words import HELP
from library.models import Citation
from library.queues import queues_of
from library.services.content import changed, delete, keep_as_found
from library.translation import TEXTS


def texts_of(model: type[Model]) -> list[str]:
    """Return the names of the model's translated fields, in the order in which a page shows them."""
    return list(TEXTS[model])


def localized(names: list[str], code: str) -> list[str]:
    return [build_localized_fieldname(name, code) for name in names]


def editor_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class QueueFilter(SimpleListFilter):
    """The same lists as on the desk."""

    title = _("waiting")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(queue.name, queue.label) for queue in queues_of(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = [queue for queue in queues_of(queryset.model) if queue.name == self.value()]
        return queryset.filter(chosen[0].waits(clock.now().date())) if chosen else queryset


class InPlainWords:
    """Says below a field what it is for. `names_language`: whether its label says in which language it is."""

    model: type[Model]
    names_language = False

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> FormField | None:
        found: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if found is None:
            return None
        original = getattr(db_field, "translated_field", db_field)
        if original is not db_field:
            label = capfirst(original.verbose_name)
            found.label = f"{label} ({_language_of(db_field)})" if self.names_language else label
        if isinstance(found.widget, Textarea):
            found.widget.attrs["rows"] = 3
        found.help_text = HELP.get(f"{self.model.__name__}.{original.name}", found.help_text)  # type: ignore[assignment]
        return found


def _language_of(column: Any) -> str:
    """Return the name of the language that a text's column is in."""
    return next(str(name) for code, name in settings.LANGUAGES if code == column.language)


class LibraryAdmin(InPlainWords, ModelAdmin):  # type: ignore[misc]
    """One tab a language, the editor's own in front, then the untranslated `facts`; `address` is fixed once saved."""

    facts: ClassVar[list[str | tuple[str, ...]]] = []
    address: ClassVar[tuple[str, ...]] = ("slug",)
    list_filter: Any = (QueueFilter,)
    warn_unsaved_form = True

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        texts = texts_of(self.model)
        languages = sorted(settings.LANGUAGES, key=lambda pair: pair[0] != get_language())
        tabs = [(name, {"classes": ["tab"], "fields": localized(texts, code)}) for code, name in languages]
        return [*tabs, (None, {"fields": self.facts})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Other pages and files refer to an article by its address, so it stays."""
        return list(self.address) if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {"slug": ("name_en",)} if obj is None and self.address == ("slug",) else {}

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:  # noqa: FBT001
        if change:
            keep_as_found(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        self.keep(request, form)

    def keep(self, request: HttpRequest, form: Any) -> None:
        """Keep the whole article as it is after saving."""
        changed(form.instance, by=editor_of(request))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        delete(obj, by=editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            delete(row, by=editor_of(request))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.response_post_save_change(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay with the article: there is mostly something more to do to it."""
        name = f"admin:library_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[obj.pk]))


class TranslatedInline(InPlainWords, StackedInline):  # type: ignore[misc]
    """Rows below an article: facts, then the text in each language side by side."""

    facts: ClassVar[list[str | tuple[str, ...]]] = ["order"]
    names_language = True
    extra = 0

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        codes = [code for code, _name in settings.LANGUAGES]
        pairs = [tuple(build_localized_fieldname(name, code) for code in codes) for name in texts_of(self.model)]
        return [*self.facts, *pairs]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Pick sources by typing: a list of them all below every claim would be long."""
        fields = self.model._meta.get_fields()  # noqa: SLF001 - the documented name
        return [field.name for field in fields if field.many_to_many and field.related_model is Citation]
