"""Where do I start? Three questions, and an answer that has an address. Nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core import clock
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import Need, RedFlag
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


@public_for_visitors
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = request.user
    need = get_visible(Need.objects.all().with_page(viewer), viewer, slug=slug)
    form = FinderForm({**request.GET.dict(), "need": slug}, needs=[need])
    form.is_valid()  # an address that was changed by hand still leads to ten minutes
    found = answer_for(viewer, need, form.wish(), now=clock.now())
    return render(request, "start/answer.html", {"answer": found, "need": need, "form": form})
