"""Domains, mechanisms, exercise types and sources."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core import clock
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import Citation, ComparisonNote, Domain, ExerciseType, Mechanism, Phase, SafetyText
from library.pages import mechanism_page, type_page


@public_for_visitors
def domain_list(request: HttpRequest) -> HttpResponse:
    """The library's front page."""
    context = {
        "domains": Domain.objects.visible_to(request.user).with_mechanisms(request.user),
        "phases": Phase.objects.visible_to(request.user).with_mechanisms(request.user),
    }
    return render(request, "library/domain_list.html", context)


@public_for_visitors
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(mechanism_html(request, slug))


def mechanism_html(request: HttpRequest, slug: str) -> str:
    """The page as its reader sees it; an editor's preview is the same page."""
    found = get_visible(Mechanism.objects.all().with_page(request.user), request.user, slug=slug)
    texts = SafetyText.objects.visible_to(request.user).placed("mechanism-pages")
    page = mechanism_page(found, today=clock.now().date())
    context = {"page": page, "mechanism": found, "disclaimers": texts}
    return render_to_string("library/mechanism.html", context, request)


@public_for_visitors
def exercise_types(request: HttpRequest) -> HttpResponse:
    types = ExerciseType.objects.visible_to(request.user).with_page(request.user)
    notes = ComparisonNote.objects.visible_to(request.user).filter(is_verified=True)
    pages = [type_page(exercise_type) for exercise_type in types]
    return render(request, "library/exercise_types.html", {"pages": pages, "notes": notes})


@public_for_visitors
def sources(request: HttpRequest) -> HttpResponse:
    rows = Citation.objects.visible_to(request.user)
    return render(request, "library/sources.html", {"citations": rows})
