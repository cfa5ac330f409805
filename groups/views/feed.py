"""What is said in a group and in all of mine; writing, answering, cheering."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import Viewer, get_visible
from groups.feed import (
    OldestFirst,
    comments_seen_by,
    dress,
    my_membership,
    newest_of,
    on_top_of,
    page_of,
    page_of_mine,
    picture_of,
    posts_seen_by,
)
from groups.forms.feed import PostForm, WordsForm
from groups.forms.refusing import refuse
from groups.models import Comment, Group, Membership, Post
from groups.models.memberships import MODERATING
from groups.services import feed as services
from groups.uploads import pictures_in_memory


@require_safe
@members_only
def my_feed(request: MemberRequest) -> HttpResponse:
    """The newest of all my groups."""
    try:
        posts, pages = page_of_mine(request.user, Request(request))
    except NotFound as error:
        raise Http404 from error
    return render(request, "groups/feed/mine.html", {"posts": posts, "older": pages.get_next_link()})


@pictures_in_memory
@members_only
def group_feed(request: MemberRequest, slug: str) -> HttpResponse:
    """All that is said in a group, and a place to say something."""
    group, mine = _group_of_mine(request.user, slug)
    form = PostForm(*given(request), may_announce=mine.is_hosting)
    if request.method == "POST" and form.is_valid():
        try:
            written = services.write_post(group=group, person=request.user, now=clock.now(), **form.said())
        except DomainError as error:
            refuse(form, error)
        else:
            say_thanks(request, written)
            return redirect("groups:feed", slug)
    posts, older = page_of(posts_seen_by(request.user).filter(group=group, pinned_at=None), request)
    top = [] if "cursor" in request.GET else on_top_of(request.user, group)
    dress([*top, *posts], request.user)
    context = {"group": group, "form": form, "posts": posts, "top": top, "older": older, **_place(mine, group)}
    return render(request, "groups/feed/feed.html", context)


@members_only
def post(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """One post with the answers to it, and a place for one's own."""
    found = get_visible(posts_seen_by(request.user), request.user, uuid=uuid, group__slug=slug)
    form, mine = WordsForm(request.POST or None), my_membership(request.user, found.group)
    if mine is None:  # who leaves between the two questions
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            answer = services.write_comment(post=found, person=request.user, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            say_thanks(request, answer)
            return redirect(found)
    comments, more = page_of(comments_seen_by(request.user, found), request, OldestFirst)
    dress([found], request.user)
    context = {"group": found.group, "post": found, "comments": comments, "more": more, "form": form}
    return render(request, "groups/feed/post.html", {**context, **_place(mine, found.group)})


@members_only
def edit(request: MemberRequest, slug: str, kind: str, uuid: str) -> HttpResponse:
    """Say it differently."""
    words = words_of(request.user, slug, kind, uuid)
    if words.author_id != request.user.pk:
        raise PermissionDenied
    form = WordsForm(request.POST or None, initial={"text": words.text})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_words(words=words, person=request.user, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            return redirect(words.thread)
    return render(request, "groups/feed/edit.html", {"form": form, "post": words.thread})


@require_POST
@members_only
def remove(request: MemberRequest, slug: str, kind: str, uuid: str) -> HttpResponse:
    words = words_of(request.user, slug, kind, uuid)
    try:
        services.remove_words(words=words, person=request.user)
    except DomainError as error:
        raise PermissionDenied from error
    messages.success(request, _("It is gone."))
    return redirect("groups:feed", slug) if words.thread == words else redirect(words.thread)


@require_POST
@members_only
def cheer(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """Leave a friendly sign, or take it back (`is_on` empty)."""
    found = get_visible(posts_seen_by(request.user), request.user, uuid=uuid, group__slug=slug)
    try:
        if request.POST.get("is_on"):
            services.cheer(post=found, person=request.user, now=clock.now())
        else:
            services.take_back_cheer(post=found, person=request.user)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(way_back(request, found.get_absolute_url()))


def feed_part(viewer: Viewer, group: Group, mine: Membership | None) -> dict[str, Any]:
    """Return what the group's own page shows of its picture and, to members, of its feed."""
    part: dict[str, Any] = {"picture": picture_of(viewer, group)}
    return {**part, "newest": newest_of(viewer, group), **_place(mine, group)} if mine else part


def words_of(viewer: Viewer, slug: str, kind: str, uuid: str) -> Post | Comment:
    """Return a post or a comment that the viewer may see, or raise 404."""
    if kind == "posts":
        return get_visible(Post.objects.select_related("group"), viewer, uuid=uuid, group__slug=slug)
    if kind != "answers":
        raise Http404
    return get_visible(Comment.objects.select_related("post__group"), viewer, uuid=uuid, post__group__slug=slug)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the page that the button stood on, when it is one of ours."""
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else otherwise


def given(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def say_thanks(request: HttpRequest, words: Post | Comment) -> None:
    """Say a word to who wrote something that waits; what is there is seen anyway."""
    if words.is_waiting:
        thanks = _("Thank you. You are new here and it has a link, so somebody from the group reads it first.")
        messages.info(request, thanks)


def _group_of_mine(viewer: Viewer, slug: str) -> tuple[Group, Membership]:
    """Return a group and my membership. For whoever is not in it there is no feed."""
    group = get_visible(Group.objects.all(), viewer, slug=slug)
    mine = my_membership(viewer, group)
    if mine is None:
        raise Http404
    return group, mine


def _place(mine: Any, group: Group) -> dict[str, bool]:
    """Return what whoever has this membership (of `my_membership`) may do here."""
    looks_after = mine.role in MODERATING
    return {
        "may_write": not mine.is_looking and group.is_open,
        "may_pin": mine.is_hosting,
        "looks_after": looks_after,
        "has_waiting": looks_after and mine.has_waiting,
    }
