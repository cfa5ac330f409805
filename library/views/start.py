"""Where do I start? A first ten minutes for what weighs on somebody. Nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.visibility import get_visible
from library.caching import public_for_visitors
from library.forms import FinderForm
from library.models import Need, RedFlag, SafetyText
from library.pages import by_company
from library.queries import marks_on


@public_for_visitors
def finder(request: HttpRequest) -> HttpResponse:
    needs = list(Need.objects.visible_to(request.user))
    form = FinderForm(request.GET if "need" in request.GET or "minutes" in request.GET else None, needs=needs)
    if form.is_bound and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("minutes", "company") if form.cleaned_data[name]}
        return redirect(f"{reverse('library:need', args=[form.cleaned_data['need']])}?{urlencode(chosen)}")
    return render(request, "library/finder.html", {"form": form})


@public_for_visitors
def need(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = request.user
    found = get_visible(Need.objects.all().with_page(viewer), viewer, slug=slug)
    company = request.GET.get("company", "either")
    types = found.shown_types  # type: ignore[attr-defined]
    context = {
        "need": found,
        "types": types if company == "either" else by_company(types, wants_company=company == "together"),
        "minutes": request.GET.get("minutes", "10"),
        "company": company,
        "red_flags": RedFlag.objects.visible_to(viewer).shown_with(found),
        "marks": marks_on(viewer, found).get(slug),
        "disclaimers": SafetyText.objects.visible_to(viewer).placed(slug),
    }
    return render(request, "library/need.html", context)
