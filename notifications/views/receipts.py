"""Why something came, and why something did not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from notifications.receipts import page_of


@require_safe
@members_only
def receipts(request: MemberRequest) -> HttpResponse:
    """What was sent to me, by which ways, and why it was for me."""
    return _page(request, "notifications/receipts.html", held=False)


@require_safe
@members_only
def held(request: MemberRequest) -> HttpResponse:
    """What was held back, with its reason."""
    return _page(request, "notifications/held.html", held=True)


def _page(request: MemberRequest, template: str, *, held: bool) -> HttpResponse:
    found, following = page_of(request.user, held=held, before=request.GET.get("before", ""))
    return render(request, template, {"receipts": found, "following": following})
