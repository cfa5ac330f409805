"""Search. The words stand in the address, so that a search can be shared, and nowhere else."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from library.forms import SearchForm
from library.models import SafetyText
from library.search.finding import PAGE, hits, rank


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    typed = form.cleaned_data["q"] if form.is_valid() else ""
    ranking = rank(typed, language=get_language() or "en", viewer=request.user)
    page = Paginator(ranking.documents, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "typed": typed,
        "ranking": ranking,
        "page": page,
        "hits": hits(ranking, list(page.object_list)),
        "crisis": SafetyText.objects.visible_to(request.user).filter(key="crisis"),
    }
    return render(request, "library/search.html", context)
