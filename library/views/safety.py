"""Where to get help, and when to stop. Plain pages that need no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from library.caching import public_for_visitors
from library.models import HelpLine, HelpRegion, SafetyText


@public_for_visitors
def get_help(request: HttpRequest) -> HttpResponse:
    """Every region, or the one that the reader picked; it is never guessed."""
    today = clock.now().date()
    regions = list(HelpRegion.objects.visible_to(request.user).with_lines(request.user, today))
    chosen = [region for region in regions if region.code == request.GET.get("region")]
    context = {
        "regions": regions,
        "chosen": chosen[0] if chosen else None,
        "shown": chosen or regions,
        "international": HelpLine.objects.visible_to(request.user).international().with_age(today),
        "crisis": SafetyText.objects.visible_to(request.user).filter(key="crisis"),
    }
    return render(request, "library/get_help.html", context)


@public_for_visitors
def safety(request: HttpRequest) -> HttpResponse:
    texts = list(SafetyText.objects.visible_to(request.user))
    groups = {group.name.lower(): [text for text in texts if text.group == group] for group in SafetyText.Group}
    return render(request, "library/safety.html", groups)
