"""How much in a week: the guideline, and a calculator that needs no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from library import dose
from library.caching import public_for_visitors
from library.forms import DoseForm, dose_target_of
from library.models import Citation, SafetyText
from library.pages import dose_page


@public_for_visitors
def dose_of_a_week(request: HttpRequest) -> HttpResponse:
    """Read the week from the address; nothing is stored."""
    viewer = request.user
    query = request.GET if DoseForm.is_asked_in(request.GET) else None
    sources = Citation.objects.visible_to(viewer)
    has_zones = sources.has_checked(*dose.HEART_RATE_SOURCES)
    form = DoseForm(query, target=dose_target_of(viewer), has_zones=has_zones)
    is_answered = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "week": form.week() if is_answered else None,
        "zones": form.zones() if is_answered else [],
        "page": dose_page(sources.filter(key__in=dose.cited_keys())),
        "dose": dose,
        "care": SafetyText.objects.visible_to(viewer).placed("dose"),
    }
    return render(request, "library/dose.html", context)
