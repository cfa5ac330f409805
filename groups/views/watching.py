"""For those who look after what is said in a group."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.feed import posts_seen_by, waiting_for
from groups.models import Group
from groups.rules import may
from groups.services import watching as services
from groups.views.feed import way_back, words_of


@require_safe
@members_only
def waiting(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits for a look."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "look_after_words", group):
        raise PermissionDenied
    posts, comments = waiting_for(request.user, group)
    return render(request, "groups/feed/waiting.html", {"group": group, "posts": posts, "comments": comments})


@require_POST
@members_only
def look(request: MemberRequest, slug: str, kind: str, uuid: str) -> HttpResponse:
    """Let through, hide or show (`act`) a post or an answer."""
    words = words_of(request.user, slug, kind, uuid)
    if not may(request.user, "look_after_words", words.thread.group):
        raise PermissionDenied
    try:
        services.look_after(words=words, person=request.user, act=request.POST.get("act", ""), now=clock.now())
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(way_back(request, words.thread.get_absolute_url()))


@require_POST
@members_only
def pin(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """Keep a post on top, or no longer (`is_on` empty)."""
    post = get_visible(posts_seen_by(request.user), request.user, uuid=uuid, group__slug=slug)
    if not may(request.user, "pin_post", post.group):
        raise PermissionDenied
    services.pin(post=post, person=request.user, is_on=bool(request.POST.get("is_on")), now=clock.now())
    return redirect(way_back(request, post.get_absolute_url()))
