"""Where do I start? Three questions, and an answer that has an address. Nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.findable import findable
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import Need, RedFlag
from library.queries import marks_on
from mindmove.start.answers import answer_for
from mindmove.start.forms import FinderForm


@public_for_visitors
def finder(request: HttpRequest) -> HttpResponse:
    needs = list(Need.objects.visible_to(request.user))
    is_asked = any(name in request.GET for name in FinderForm.base_fields)
    form = FinderForm(request.GET if is_asked else None, needs=needs)
    if form.is_bound and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("minutes", "company") if form.cleaned_data[name]}
        return redirect(f"{reverse('library:need', args=[form.cleaned_data['need']])}?{urlencode(chosen)}")
    flags = RedFlag.objects.visible_to(request.user).shown_with(None)
    return render(request, "start/finder.html", {"form": form, "red_flags": flags})


@findable
@require_safe
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Made anew for everybody: it names events and groups, which may be gone the next minute."""
    viewer = request.user
    need = get_visible(Need.objects.all().with_page(viewer), viewer, slug=slug)
    form = FinderForm({**request.GET.dict(), "need": slug}, needs=[need])
    form.is_valid()  # an address that was changed by hand still leads to ten minutes
    found = answer_for(viewer, need, form.wish(), now=clock.now())
    context = {"answer": found, "need": need, "form": form, "marks": marks_on(viewer, need).get(slug)}
    return render(request, "start/answer.html", context)
