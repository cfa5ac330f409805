"""Where to get help, and when to stop. Plain pages that need no script, and help needs no connection."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.addresses import page_after
from core import clock
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import HelpRegion, SafetyText
from library.queries import help_seen_by

A_YEAR = 365 * 24 * 60 * 60


@public_for_visitors
def get_help(request: HttpRequest) -> HttpResponse:
    """Every region, or the one that the reader picked or asked to be remembered; it is never guessed."""
    context = _help(request)
    remembered = request.COOKIES.get(settings.HELP_REGION_COOKIE)
    wanted = request.GET.get("region", remembered)
    chosen = next((region for region in context["regions"] if region.code == wanted), None)
    context |= {"chosen": chosen, "shown": [chosen] if chosen else context["regions"], "remembered": remembered}
    return render(request, "library/get_help.html", context)


@require_POST
def remember_region(request: HttpRequest) -> HttpResponse:
    """Keep the region in a cookie of this browser, or forget it; no account knows of it."""
    answer = redirect(page_after(request) or "library:get_help")
    if not request.POST.get("region"):
        answer.delete_cookie(settings.HELP_REGION_COOKIE, samesite="Lax")
        return answer
    region = get_visible(HelpRegion.objects.all(), request.user, code=request.POST["region"])
    name, is_secure = settings.HELP_REGION_COOKIE, request.is_secure()
    answer.set_cookie(name, region.code, max_age=A_YEAR, secure=is_secure, httponly=True, samesite="Lax")
    return answer


@public_for_visitors
def offline(request: HttpRequest) -> HttpResponse:
    """What the browser shows instead of a page that it cannot reach: the numbers, and where help is."""
    return render(request, "library/offline.html", _help(request))


@require_safe
def offline_script(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root so that it covers the site; the browser asks for a newer one each time."""
    script = (settings.BASE_DIR / "static" / "js" / "offline.js").read_bytes()
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _help(request: HttpRequest) -> dict[str, Any]:
    today = clock.now().date()
    regions, international = help_seen_by(request.user)
    lines = [line for region in regions for line in region.shown_lines] + international
    return {
        "regions": regions,
        "international": international,
        "has_old": any(line.is_old(today) for line in lines),
        "today": today,
        "crisis": SafetyText.objects.visible_to(request.user).filter(key="crisis"),
    }


@public_for_visitors
def safety(request: HttpRequest) -> HttpResponse:
    texts = list(SafetyText.objects.visible_to(request.user))
    groups = {group.name.lower(): [text for text in texts if text.group == group] for group in SafetyText.Group}
    return render(request, "library/safety.html", groups)
