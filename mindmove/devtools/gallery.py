"""The gallery: every message of every kind in both languages, as mail, as plain text and on a lock screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from accounts.models import User
from core.errors import Text
from mindmove.devtools.examples import ACCOUNT, EXAMPLES
from mindmove.devtools.mailbox import MAIL_POLICY
from notifications import kinds
from notifications.decisions import Send
from notifications.kinds import Content
from notifications.models import Delivery, Notification
from notifications.rendering import compose, plain, speaking_to


@dataclass(frozen=True)
class Shown:
    """One message in one language. `number` tells the examples of a kind apart; `push` is empty for mails alone."""

    kind: str
    label: Text
    language: str
    number: int
    subject: str
    text: str
    html: str
    push: str = ""


def names() -> list[str]:
    return [*(kind.name for kind in kinds.all_kinds()), *ACCOUNT]


def shown_of(name: str) -> Iterator[Shown]:
    """Yield what the kind says: each example in each language."""
    for language, _name in settings.LANGUAGES:
        if name in ACCOUNT:
            yield _of_account(name, language)
        for number in range(len(EXAMPLES.get(name, ()))):
            yield of_kind(name, language, number)


def of_kind(name: str, language: str, number: int) -> Shown:
    """Render an example just as it would be sent, to nobody."""
    kind, person = kinds.get(name), User(language=language, time_zone="Europe/Berlin")
    delivery = Delivery(notification=Notification(person=person, kind=name, dedupe_key=name))
    with speaking_to(person):
        context = EXAMPLES[name][number]()
        mail = compose(delivery, [Send(kind, Content(context, "/"), "mira@people.example")])
        push = plain(f"{kind.template}.push.txt", context).strip()
        label = str(kind.label)
    html = str(mail.alternatives[0][0])
    return Shown(name, label, language, number, str(mail.subject), str(mail.body), html, push)


def _of_account(name: str, language: str) -> Shown:
    site = {"site_name": settings.SITE_NAME, "site_origin": settings.SITE_ORIGIN, "language": language}
    context, template = site | ACCOUNT[name], f"account/email/{name}"
    with translation.override(language):
        html = render_to_string(f"{template}_message.html", context)
        subject, text = (plain(f"{template}_{part}.txt", context).strip() for part in ("subject", "message"))
    return Shown(name, name, language, 0, subject, text, html)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "devtools/gallery.html", {"kinds": [list(shown_of(name)) for name in names()]})


@require_safe
def message(request: HttpRequest, kind: str) -> HttpResponse:
    shown = list(shown_of(kind)) if kind in names() else []
    if not shown:
        raise Http404
    return render(request, "devtools/gallery_message.html", {"examples": shown, "label": shown[0].label})


@require_safe
@xframe_options_sameorigin
@csp_override(MAIL_POLICY)
def message_html(request: HttpRequest, kind: str, language: str, number: int) -> HttpResponse:
    """Return the HTML part alone, for the sandboxed frame."""
    for shown in shown_of(kind) if kind in names() else ():
        if (shown.language, shown.number) == (language, number):
            return HttpResponse(shown.html)
    raise Http404
