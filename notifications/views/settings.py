"""What I want to hear of, and by which channel."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from notifications import kinds
from notifications.backing_off import EVERY
from notifications.choices import choices_of
from notifications.models import Delivery
from notifications.services import pace, preferences
from notifications.views.devices import devices_of


@require_safe
@members_only
def settings(request: MemberRequest) -> HttpResponse:
    """Each kind by each channel, and how often."""
    context = {"choices": choices_of(request.user), "channels": Delivery.Channel.choices, "paces": EVERY}
    context |= devices_of(request)
    return render(request, "notifications/settings.html", context)


@require_POST
@members_only
def choose(request: MemberRequest) -> HttpResponse:
    """Take the whole table as it was sent."""
    wanted = {
        (kind, channel) for kind, _colon, channel in (one.partition(":") for one in request.POST.getlist("wanted"))
    }
    preferences.choose(person=request.user, wanted=wanted, now=clock.now())
    for kind in kinds.choosable():
        every = request.POST.get(f"every-{kind.name}", "")
        if kind.is_nudge and every.isdecimal() and int(every) in EVERY:
            pace.choose_pace(person=request.user, kind=kind.name, every=int(every))
    messages.success(request, _("Saved. You can change this at any time."))
    return redirect("notifications:settings")


@require_POST
@members_only
def answer(request: MemberRequest) -> HttpResponse:
    """Say whether fewer of a kind would be better."""
    said, kind = request.POST.get("answer", ""), request.POST.get("kind", "")
    try:
        pace.answer(person=request.user, kind=kind, answer=said, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, _("Thank you. It is so from now on."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("notifications:inbox")
