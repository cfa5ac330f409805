"""Answering an event: on its page, and from a link in a mail."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import members_only
from accounts.models import User
from accounts.pace import is_too_fast
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.answers import AnswerForm, LinkAnswerForm
from groups.models import AnswerLink, Rsvp
from groups.queries import events_seen_by, shown_answer
from groups.services.answer_links import answer_by_link, link_of_token
from groups.services.answers import join_and_answer
from groups.services.rsvps import rsvp
from groups.views.events import event_context, event_to_show
from groups.wording import answer_in_words
from notifications.rendering import speaking_to


@require_POST
@members_only
def answer(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    """Keep the answer; `joins` joins the open group with it."""
    found = event_to_show(request, slug, uuid)
    earlier, person = shown_answer(found), cast("User", request.user)
    form = AnswerForm(request.POST, event=found, mine=earlier)
    if not form.is_valid():
        return render(request, "groups/event.html", event_context(request, found, form), status=400)
    act = join_and_answer if form.cleaned_data["joins"] else rsvp
    try:
        mine = act(event=found, person=person, now=clock.now(), **form.said())
        messages.success(request, _in_words(mine, earlier, person))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


@csrf_exempt  # the token is the secret, and the page sends no referrer that could be checked
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Reading shows the event and three answers, and changes nothing; posting answers."""
    link = link_of_token(token=token, now=clock.now())
    if link is None:
        return _discreet(render(request, "groups/answer_link_gone.html", status=404))
    with speaking_to(link.person):
        words = _post(request, link) if request.method == "POST" else ""
        found = get_visible(events_seen_by(link.person), link.person, pk=link.event_id)
        mine = shown_answer(found)
        context = {
            "event": found,
            "mine": mine,
            "words": words,
            "is_open": found.is_open(clock.now()),
            "form": LinkAnswerForm(event=found, mine=mine),
        }
        return _discreet(render(request, "groups/answer_link.html", context))


def _post(request: HttpRequest, link: AnswerLink) -> str:
    """Answer as the person of the link; return what to say to it."""
    if is_too_fast(request, act="answer_link", rate="30/m/ip"):
        return _("That was a little fast. Please wait a moment, then try again.")
    earlier = Rsvp.objects.visible_to(link.person).filter(event=link.event, person=link.person).first()
    form = LinkAnswerForm(request.POST, event=link.event, mine=earlier)
    if not form.is_valid():
        return _("Choose going, maybe or can't come.")
    try:
        return _in_words(answer_by_link(link=link, now=clock.now(), **form.said()), earlier, link.person)
    except DomainError as error:
        return str(error.message)


def _in_words(mine: Rsvp, earlier: Rsvp | None, person: User) -> str:
    position = Rsvp.objects.visible_to(person).position_in_line(mine)
    return answer_in_words(mine, before=earlier.status if earlier else "", position=position)


def _discreet(response: HttpResponse) -> HttpResponse:
    """Keep the secret in the address out of what the browser tells other pages."""
    response["Referrer-Policy"] = "no-referrer"
    return response
