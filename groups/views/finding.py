"""Finding groups and events."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.findable import findable
from groups.finding import find_events, find_groups
from groups.forms.finding import WishForm
from groups.models.readers import Reader

A_PAGE = 20


@findable
@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    groups = find_groups(request.user, form.wish(), now=clock.now())
    page = Paginator(groups, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "groups/group_list.html", {"form": form, "page": page, "groups": page.object_list})


@findable
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    events = find_events(Reader.of(request.user), form.wish(), now=clock.now())
    page = Paginator(events, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "groups/event_list.html", {"form": form, "page": page, "events": page.object_list})


def _form(request: HttpRequest) -> WishForm:
    return WishForm(request.GET, time_zone=getattr(request.user, "time_zone", ""))
