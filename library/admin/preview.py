"""The page as readers would see it, from what stands in the form. Everything is undone; nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import all_valid
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import translation

from library.models import Mechanism
from library.views.library import mechanism_html

if TYPE_CHECKING:
    from library.admin.mechanisms import MechanismAdmin


def preview(pages: MechanismAdmin, request: HttpRequest, object_id: int | None) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    page = _page(pages, request, object_id)
    made = pages.get_form(request, page, change=page is not None, fields=_fields(pages, request, page))
    form = made(request.POST, instance=page)
    formsets, _inlines = pages._create_formsets(request, form.instance, change=page is not None)  # noqa: SLF001
    context = {**pages.admin_site.each_context(request), "form": form, "formsets": formsets}
    if form.is_valid() and all_valid(formsets):
        context["frames"] = _frames(request, form, formsets)
    return TemplateResponse(request, "admin/library/preview.html", context)


def _page(pages: MechanismAdmin, request: HttpRequest, object_id: int | None) -> Mechanism | None:
    if object_id is None:
        if not pages.has_add_permission(request):
            raise PermissionDenied
        return None
    page: Mechanism | None = pages.get_object(request, str(object_id))
    if page is None:
        raise Http404
    if not pages.has_change_permission(request, page):
        raise PermissionDenied
    return page


def _fields(pages: MechanismAdmin, request: HttpRequest, page: Mechanism | None) -> list[str]:
    return list(flatten_fieldsets(pages.get_fieldsets(request, page)))  # type: ignore[arg-type]


def _frames(request: HttpRequest, form: Any, formsets: list[Any]) -> list[tuple[str, str, str]]:
    """Save, render in every language, and undo."""
    with transaction.atomic():
        page = form.save()
        for formset in formsets:
            formset.save()
        frames = [(code, str(name), _in(code, request, page.slug)) for code, name in settings.LANGUAGES]
        transaction.set_rollback(True)
    return frames


def _in(code: str, request: HttpRequest, slug: str) -> str:
    with translation.override(code):
        return mechanism_html(request, slug)
