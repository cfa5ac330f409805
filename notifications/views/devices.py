"""The devices that messages come to: this one is added by a script, any is removed by a button."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from notifications.models import PushSubscription
from notifications.push import vapid
from notifications.push.browsers import name_of
from notifications.services.devices import end_device, register_device

HERE = "notifications:settings"


def devices_of(request: HttpRequest) -> dict[str, object]:
    """Return what the list of devices shows."""
    rows = PushSubscription.objects.visible_to(request.user).live().order_by("-created_at")
    return {"devices": rows, "push_key": vapid.public_key()}


@require_POST
@members_only
def add(request: MemberRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    name = name_of(request.headers.get("User-Agent", ""))
    try:
        register_device(person=request.user, session=request.session, device=name, now=clock.now(), **said)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Messages come to this device now, too."))
    return redirect(HERE)


@require_POST
@members_only
def remove(request: MemberRequest, uuid: UUID) -> HttpResponse:
    end_device(device=get_visible(PushSubscription.objects.all(), request.user, uuid=uuid), now=clock.now())
    messages.success(request, _("No more messages go to that device."))
    return redirect(HERE)
