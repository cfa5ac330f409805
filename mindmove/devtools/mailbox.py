"""The local mailbox: what was sent on this machine, as it arrived."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from mindmove.devtools import mail_files

# A mail is a stranger: no script, no request, in a frame of its own. Mail programs do show style attributes.
MAIL_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "devtools/mailbox.html", {"mails": list(mail_files.newest_first())})


@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "devtools/mailbox_mail.html", {"mail": _found(name)})


@require_safe
@xframe_options_sameorigin
@csp_override(MAIL_POLICY)
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """Return the HTML part alone, for the sandboxed frame."""
    return HttpResponse(_found(name).html)


@require_safe
def mail_source(request: HttpRequest, name: str) -> HttpResponse:
    """Return the mail as it came over the line."""
    return HttpResponse(_found(name).raw, content_type="text/plain; charset=utf-8")


def _found(name: str) -> mail_files.StoredMail:
    if (mail := mail_files.find(name)) is None:
        raise Http404
    return mail
