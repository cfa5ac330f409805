"""Domains, mechanisms, exercise types and sources."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from library.caching import public_for_visitors
from library.citing import in_words, page_reference
from library.forms import SourcesForm
from library.models import ComparisonNote, Domain, ExerciseType, Mechanism, Phase, SafetyText
from library.pages import by_kind, mechanism_page, type_page
from library.queries import marks_on, mechanism_seen_by, sources_seen_by


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
    found = mechanism_seen_by(request.user, slug)
    texts = SafetyText.objects.visible_to(request.user).placed("mechanism-pages")
    page = mechanism_page(found, today=clock.now().date())
    context = {"page": page, "mechanism": found, "disclaimers": texts}
    context["cite_as"] = in_words(page_reference(found))
    context["marks"] = marks_on(request.user, found).get(slug)
    return render(request, "library/mechanism.html", context)


@public_for_visitors
def exercise_types(request: HttpRequest) -> HttpResponse:
    types = ExerciseType.objects.visible_to(request.user).with_page(request.user)
    notes = ComparisonNote.objects.visible_to(request.user).filter(is_verified=True)
    marks = marks_on(request.user, *types)
    pages = [(type_page(exercise_type), marks.get(exercise_type.slug)) for exercise_type in types]
    return render(request, "library/exercise_types.html", {"pages": pages, "notes": notes})


@public_for_visitors
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, or those asked for, by kind of study."""
    mechanisms = Mechanism.objects.visible_to(request.user)
    form = SourcesForm(request.GET, mechanisms=mechanisms)
    rows = list(sources_seen_by(request.user, **form.wanted))
    context = {"form": form, "groups": by_kind(rows), "count": len(rows), "is_filtered": bool(form.wanted)}
    return render(request, "library/sources.html", context)
