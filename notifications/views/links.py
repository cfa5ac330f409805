"""Links in a mail, which work without signing in: stopping a kind, and saying whether fewer would be better.

Reading shows and changes nothing; posting acts.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core import clock
from notifications.inbox import label_of
from notifications.models import Delivery
from notifications.rendering import speaking_to
from notifications.services import pace, preferences


@csrf_exempt  # mail programs post here (RFC 8058); the token is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop what the mail told of, or resume it."""
    delivery = _delivery(token)
    is_resuming = request.POST.get("resume") == "yes"
    if request.method == "POST":
        preferences.follow_link(delivery=delivery, is_wanted=is_resuming, now=clock.now())
    state = "ask" if request.method != "POST" else "resumed" if is_resuming else "stopped"
    with speaking_to(delivery.notification.person):
        labels = [label_of(kind) for kind in preferences.kinds_of_link(delivery)]
        return render(request, "notifications/unsubscribe.html", {"state": state, "labels": labels})


@csrf_exempt  # without signing in there is no session to forge; the token is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fewer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask about the invitations that the mail told of, or take the answer."""
    delivery = _delivery(token)
    asked = preferences.nudges_of_link(delivery)
    said = request.POST.get("answer", "")
    if not asked:
        raise Http404
    if request.method == "POST" and said in pace.ANSWERS:
        for kind in asked:
            pace.answer(person=delivery.notification.person, kind=kind.name, answer=said, now=clock.now())
    with speaking_to(delivery.notification.person):
        context = {"said": said if said in pace.ANSWERS else "", "labels": [kind.label for kind in asked]}
        return render(request, "notifications/fewer.html", context)


def _delivery(token: str) -> Delivery:
    delivery = preferences.delivery_of_token(token=token, now=clock.now())
    if delivery is None:
        raise Http404
    return delivery
