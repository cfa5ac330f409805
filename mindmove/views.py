"""The home page: landing for visitors, today for members."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import clock
from core.findable import findable
from mindmove.today import today_of, welcome_for
from plans.forms.logs import BeginForm
from plans.models import Beginning

AT_MOST = 5  # what is begun and not noted


@findable
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead visitors in, newcomers through the welcome, and members to their day."""
    now = clock.now()
    if not request.user.is_authenticated:
        return render(request, "home/landing.html", {"welcome": welcome_for(request.user, now=now)})
    if not request.user.is_welcomed:
        return redirect("accounts:welcome", step="language")
    begun = Beginning.objects.visible_to(request.user).still_open(now).with_step()[:AT_MOST]
    context = {"today": today_of(request.user, now=now), "beginnings": begun, "begin_form": BeginForm()}
    return render(request, "home/today.html", context)
