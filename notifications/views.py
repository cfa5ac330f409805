"""Receipts, the switches of each kind, and stopping a kind from a mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from notifications import receipts as receipt_book
from notifications.rendering import speaking_to
from notifications.services import preferences


@require_safe
@members_only
def receipts(request: MemberRequest) -> HttpResponse:
    """My last messages: why each came, or why it was held back; and what I want to hear of."""
    context = {
        "receipts": receipt_book.last_receipts(request.user),
        "switches": receipt_book.switches(request.user),
    }
    return render(request, "notifications/receipts.html", context)


@require_POST
@members_only
def choose(request: MemberRequest) -> HttpResponse:
    preferences.choose_kinds(person=request.user, wanted=request.POST.getlist("wanted"), now=clock.now())
    messages.success(request, _("Saved. You can change this at any time."))
    return redirect("notifications:receipts")


@csrf_exempt  # mail programs post here (RFC 8058); the token is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Reading shows a button and changes nothing; posting stops the kind, or resumes it."""
    now = clock.now()
    delivery = preferences.delivery_of_token(token=token, now=now)
    if delivery is None:
        raise Http404
    is_resuming = request.POST.get("resume") == "yes"
    if request.method == "POST":
        preferences.follow_link(delivery=delivery, is_wanted=is_resuming, now=now)
    person = delivery.notification.person
    state = "ask" if request.method != "POST" else "resumed" if is_resuming else "stopped"
    with speaking_to(person):
        context = {"state": state, "label": receipt_book.label_of(delivery.notification.kind)}
        return render(request, "notifications/unsubscribe.html", context)
