"""My part of the library: bookmarks, and what I say I have read."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.addresses import page_after
from accounts.decorators import MemberRequest, members_only
from core import clock
from library.forms import MarkForm
from library.queries import bookmarks_of, marks_on, page_seen_by
from library.services.marks import put_mark, take_mark

A_PAGE = 30


@require_safe
@members_only
def mine(request: MemberRequest) -> HttpResponse:
    page = Paginator(bookmarks_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/mine.html", {"page": page})


@require_POST
@members_only
def mark(request: MemberRequest, kind: str, slug: str) -> HttpResponse:
    """Set or take back a mark, as the form says; then the page again, or only its marks for htmx."""
    page = page_seen_by(request.user, kind, slug)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("This mark is not known."), status=400, content_type="text/plain")
    if form.cleaned_data["is_on"]:
        put_mark(person=request.user, page=page, sense=form.cleaned_data["sense"], now=clock.now())
    else:
        take_mark(person=request.user, page=page, sense=form.cleaned_data["sense"])
    if "HX-Request" in request.headers:
        return render(request, "library/_marks.html", {"marks": marks_on(request.user, page)[slug]})
    return redirect(page_after(request) or page)
