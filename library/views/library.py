"""Domains, mechanisms, exercise types and sources."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core import clock
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.citing import in_words, page_reference
from library.forms import SourcesForm
from library.map import map_page, strengthens
from library.models import ComparisonNote, Domain, Emphasis, ExerciseType, Mechanism, Phase, SafetyText
from library.pages import by_kind, comparisons_shown, matrix, mechanism_page, type_page
from library.pictures import picture_of
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
    return HttpResponse(mechanism_html(request, slug))


def mechanism_html(request: HttpRequest, slug: str) -> str:
    """The page as its reader sees it; an editor's preview is the same page."""
    found = mechanism_seen_by(request.user, slug)
    texts = SafetyText.objects.visible_to(request.user).placed("mechanism-pages")
    page = mechanism_page(found, today=clock.now().date())
    context = {"page": page, "mechanism": found, "disclaimers": texts, "drawing": strengthens(found)}
    context["cite_as"] = in_words(page_reference(found))
    context["marks"] = marks_on(request.user, found).get(slug)
    return render_to_string("library/mechanism.html", context, request)


@public_for_visitors
def mechanism_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands for the page where somebody shares its address."""
    found = get_visible(Mechanism.objects.select_related("domain"), request.user, slug=slug)
    return HttpResponse(picture_of(found), content_type="image/png")


@public_for_visitors
def mechanism_map(request: HttpRequest) -> HttpResponse:
    rows = Mechanism.objects.visible_to(request.user).with_relations(request.user)
    return render(request, "library/map.html", {"page": map_page(list(rows))})


@public_for_visitors
def exercise_types(request: HttpRequest) -> HttpResponse:
    """The five types, and all of them against every mechanism."""
    viewer = request.user
    types = list(ExerciseType.objects.visible_to(viewer).with_page(viewer))
    domains = Domain.objects.visible_to(viewer).with_mechanisms(viewer)
    context = {
        "types": types,
        "matrix": matrix(types, domains),
        "strengths": Emphasis.Strength,
        "bases": Emphasis.Basis,
        "notes": comparisons_shown(ComparisonNote.objects.visible_to(viewer).with_sources(viewer))[:1],
    }
    return render(request, "library/exercise_types.html", context)


@public_for_visitors
def exercise_type(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = request.user
    found = get_visible(ExerciseType.objects.all().with_page(viewer), viewer, slug=slug)
    page = type_page(found, ComparisonNote.objects.visible_to(viewer).with_sources(viewer))
    texts = SafetyText.objects.visible_to(viewer).placed("exercise-types")
    context = {"page": page, "kind": found, "disclaimers": texts, "marks": marks_on(viewer, found).get(slug)}
    return render(request, "library/exercise_type.html", context)


@public_for_visitors
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, or those asked for, by kind of study."""
    mechanisms = Mechanism.objects.visible_to(request.user)
    form = SourcesForm(request.GET, mechanisms=mechanisms)
    rows = list(sources_seen_by(request.user, **form.wanted))
    context = {"form": form, "groups": by_kind(rows), "count": len(rows), "is_filtered": bool(form.wanted)}
    return render(request, "library/sources.html", context)
