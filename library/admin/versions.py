"""The history of an article: who did what and why, two versions side by side, an earlier one brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.errors import DomainError
from library.admin.base import LibraryAdmin, editor_of
from library.comparison import compare
from library.models import Revision
from library.models.revisions import RevisionQuerySet
from library.services.content.changes import address_of
from library.services.versions import restore

LONGEST_NUMBER = 18  # digits that every database takes


class VersionedAdmin(LibraryAdmin):
    """An article's page in the admin, with its history."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        kind, key = address_of(row)
        versions = Revision.objects.of(kind, key)
        if request.method == "POST":
            return self._restore(request, row, versions)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(article)s") % {"article": row},
            "opts": self.opts,
            "original": row,
            "versions": versions,
            "can_restore": self.has_change_permission(request, row),
            **_compared(request, kind, versions),
        }
        return TemplateResponse(request, "admin/library/versions.html", context)

    def _restore(self, request: HttpRequest, row: Any, versions: RevisionQuerySet) -> HttpResponse:
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        version = get_object_or_404(versions, pk=_number(request.POST.get("version")))
        try:
            restore(revision=version, by=editor_of(request))
        except DomainError as error:
            self.message_user(request, f"{_('Not brought back.')} {error.message}", messages.ERROR)
        else:
            self.message_user(request, _("The earlier version is back. What was there before is kept in the history."))
        return HttpResponseRedirect(request.path)


def _compared(request: HttpRequest, kind: str, versions: RevisionQuerySet) -> dict[str, Any]:
    """Return the two versions that were asked for, or the latest two, the older first."""
    asked = [_number(request.GET.get(name)) for name in ("old", "new")]
    pair = list(versions.filter(pk__in=asked)) if all(asked) else list(versions[:2])
    if len(pair) < 2:  # noqa: PLR2004 - two make a comparison
        return {}
    new, old = pair
    return {"old": old, "new": new, "differences": compare(kind, old.content, new.content)}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
