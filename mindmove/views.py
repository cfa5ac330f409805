"""The home page: landing for visitors, today for members."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import clock
from core.findable import findable
from mindmove.today import today_of, welcome_for


@findable
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead visitors in, newcomers through the welcome, and members to their day."""
    now = clock.now()
    if not request.user.is_authenticated:
        return render(request, "home/landing.html", {"welcome": welcome_for(request.user, now=now)})
    if not request.user.is_welcomed:
        return redirect("accounts:welcome", step="language")
    return render(request, "home/today.html", {"today": today_of(request.user, now=now)})
