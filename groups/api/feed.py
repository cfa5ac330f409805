"""The API of what is said in groups: the same services as the pages."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import ProblemSerializer, ScopedViewSet
from core.permissions import Members
from core.preconditions import Conditional
from core.uploads import take
from core.visibility import get_still, get_visible
from groups.api.bases import HIDDEN, UNFIT
from groups.api.feed_shapes import (
    PINNED,
    CommentSerializer,
    LookSerializer,
    NewPostSerializer,
    NewWordsSerializer,
    PostSerializer,
    PostsQuerySerializer,
    WaitingSerializer,
)
from groups.feed import (
    OldestFirst,
    comments_seen_by,
    dress,
    just_said,
    page_of_mine,
    posts_seen_by,
    renewed,
    waiting_for,
)
from groups.models import Comment, Group, Post
from groups.newest import NewestFirst
from groups.rules import may
from groups.services import feed, watching
from groups.uploads import Pictures

TOO_MUCH = {409: ProblemSerializer, 429: ProblemSerializer}


class WordsViewSet(Conditional, ScopedViewSet):
    """What posts and answers have in common. Nobody sees any who is not in the group."""

    tagged_acts = {"create", "retrieve", "change"}
    matching_acts = {"change", "remove"}
    keeps_key = True
    read_again = "retrieve"  # an author may say it differently, whoever cheered may go: `accounts.once` keeps no words

    permission_classes = [Members]
    lookup_value_converter = "uuid"

    @property
    def person(self) -> User:
        return cast("User", self.request.user)

    def group_in_path(self) -> Group:
        return get_visible(Group.objects.joined_by(self.person), self.person, uuid=self.kwargs["group"])

    def retrieve(self, request: Request, uuid: UUID) -> Response:
        return self.as_it_is(self.get_object())

    def change(self, request: Request, uuid: UUID) -> Response:
        """Say it differently."""
        form = NewWordsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        words = self.acted_on
        said = feed.change_words(words=words, person=self.person, now=clock.now(), **form.validated_data)
        return self.shown(renewed(words, said))

    def remove(self, request: Request, uuid: UUID) -> Response:
        """Take back what I wrote, with all that hangs on it."""
        feed.remove_words(words=self.acted_on, person=self.person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def look(self, request: Request, uuid: UUID) -> Response:
        """Let through what waits, hide, or show again: for those who look after the group."""
        form = LookSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        words = self.get_object()
        said = watching.look_after(words=words, person=self.person, act=form.validated_data["act"], now=clock.now())
        return self.shown(renewed(words, said))

    def as_it_is(self, words: Post | Comment) -> Response:
        return Response(self.current(words))

    def shown(self, words: Any) -> Response:
        """Answer with words that are at hand."""
        return Response(self.get_serializer(words).data)


class PostsOfGroup(NewestFirst):
    """Newest first; the last pinned first where only these are asked for."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return ("-pinned_at", "-pk") if view.is_about_pinned else self.ordering


class Posts(WordsViewSet):
    """What is said to a group, or to all of mine."""

    queryset = Post.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    serializer_class = PostSerializer
    pagination_class = PostsOfGroup

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take(request, Pictures(request))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return posts_seen_by(self.person)

    @extend_schema(operation_id="feed_list", responses={200: PostSerializer(many=True)})
    def mine(self, request: Request) -> Response:
        """The newest of all my groups."""
        posts, pages = page_of_mine(self.person, request)
        return pages.get_paginated_response(self.get_serializer(posts, many=True).data)

    @extend_schema(
        operation_id="groups_posts_list",
        parameters=[PINNED],
        responses={200: PostSerializer(many=True), **HIDDEN},
    )
    def list(self, request: Request, group: UUID) -> Response:
        """The newest of one group; what is pinned says so, and can be asked for alone."""
        posts = self.get_queryset().filter(group=self.group_in_path())
        if self.is_about_pinned is False:
            posts = posts.filter(pinned_at=None)
        return self._page(posts.pinned() if self.is_about_pinned else posts.newest_first())

    @cached_property
    def is_about_pinned(self) -> bool | None:
        """Whether what is pinned is asked for, or what is not; None where both are."""
        query = PostsQuerySerializer(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return cast("bool | None", query.validated_data["pinned"])

    @extend_schema(
        operation_id="groups_posts_create",
        request={"application/json": NewWordsSerializer, "multipart/form-data": NewPostSerializer},
        responses={201: PostSerializer, **UNFIT, **TOO_MUCH},
    )
    def create(self, request: Request, group: UUID) -> Response:
        """Say something. What a newcomer sends with a link waits until somebody of the group has read it."""
        form = NewPostSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = feed.write_post(group=self.group_in_path(), person=self.person, now=clock.now(), **form.said())
        return Response(self.get_serializer(just_said(made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(operation_id="posts_retrieve", responses={200: PostSerializer, **HIDDEN})
    def retrieve(self, request: Request, uuid: UUID) -> Response:
        return super().retrieve(request, uuid)

    @extend_schema(
        operation_id="posts_update", request=NewWordsSerializer, responses={200: PostSerializer, **UNFIT, **TOO_MUCH}
    )
    def change(self, request: Request, uuid: UUID) -> Response:
        return super().change(request, uuid)

    @extend_schema(operation_id="posts_destroy", responses={204: None, **UNFIT})
    def remove(self, request: Request, uuid: UUID) -> Response:
        return super().remove(request, uuid)

    @extend_schema(operation_id="posts_look", request=LookSerializer, responses={200: PostSerializer, **UNFIT})
    def look(self, request: Request, uuid: UUID) -> Response:
        return super().look(request, uuid)

    @extend_schema(operation_id="posts_cheer", request=None, responses={200: PostSerializer, **UNFIT, **TOO_MUCH})
    def cheer(self, request: Request, uuid: UUID) -> Response:
        """Leave a friendly sign. Twice is once."""
        post = self.get_object()
        feed.cheer(post=post, person=self.person, now=clock.now())
        return self.shown(post)

    @extend_schema(operation_id="posts_cheer_destroy", responses={200: PostSerializer, **UNFIT})
    def take_back_cheer(self, request: Request, uuid: UUID) -> Response:
        post = self.get_object()
        feed.take_back_cheer(post=post, person=self.person)
        return self.shown(post)

    @extend_schema(operation_id="posts_pin", request=None, responses={200: PostSerializer, **UNFIT})
    def pin(self, request: Request, uuid: UUID) -> Response:
        """Keep it on top: for hosts."""
        return self._pinned(is_on=True)

    @extend_schema(operation_id="posts_pin_destroy", responses={200: PostSerializer, **UNFIT})
    def unpin(self, request: Request, uuid: UUID) -> Response:
        return self._pinned(is_on=False)

    def current(self, row: Post) -> Any:
        (post,) = dress([get_still(self.get_queryset(), row)], self.person)
        return self.get_serializer(post).data

    def _pinned(self, *, is_on: bool) -> Response:
        post = self.get_object()
        post.pinned_at = watching.pin(post=post, person=self.person, is_on=is_on, now=clock.now())
        return self.shown(post)

    def shown(self, words: Any) -> Response:
        """Answer with a post that is as it was read, but for cheers and pictures."""
        return super().shown(dress([words], self.person)[0])

    def _page(self, posts: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(posts)) or []
        return self.get_paginated_response(self.get_serializer(dress(page, self.person), many=True).data)


class Comments(WordsViewSet):
    """Answers to a post."""

    queryset = Comment.objects.visible_to(AnonymousUser())  # none: for the API document; each request asks anew
    serializer_class = CommentSerializer
    pagination_class = OldestFirst

    def get_queryset(self) -> Any:
        return Comment.objects.visible_to(self.person).select_related("author", "post__group")

    @extend_schema(operation_id="posts_comments_list", responses={200: CommentSerializer(many=True), **HIDDEN})
    def list(self, request: Request, post: UUID) -> Response:
        """The answers, the first first."""
        page = self.paginate_queryset(self.filter_queryset(comments_seen_by(self.person, self._post)))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="posts_comments_create",
        request=NewWordsSerializer,
        responses={201: CommentSerializer, **UNFIT, **TOO_MUCH},
    )
    def create(self, request: Request, post: UUID) -> Response:
        form = NewWordsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = feed.write_comment(post=self._post, person=self.person, now=clock.now(), **form.validated_data)
        answer = self.as_it_is(made)
        answer.status_code = status.HTTP_201_CREATED
        return answer

    @extend_schema(
        operation_id="comments_update",
        request=NewWordsSerializer,
        responses={200: CommentSerializer, **UNFIT, **TOO_MUCH},
    )
    def change(self, request: Request, uuid: UUID) -> Response:
        return super().change(request, uuid)

    @extend_schema(operation_id="comments_destroy", responses={204: None, **UNFIT})
    def remove(self, request: Request, uuid: UUID) -> Response:
        return super().remove(request, uuid)

    @extend_schema(operation_id="comments_look", request=LookSerializer, responses={200: CommentSerializer, **UNFIT})
    def look(self, request: Request, uuid: UUID) -> Response:
        return super().look(request, uuid)

    @property
    def _post(self) -> Post:
        return get_visible(Post.objects.select_related("group"), self.person, uuid=self.kwargs["post"])


class Waiting(WordsViewSet):
    """What is held in a group: for those who look after it."""

    queryset = Post.objects.visible_to(AnonymousUser())  # none: for the API document
    serializer_class = WaitingSerializer
    tagged_acts = matching_acts = set()

    @extend_schema(operation_id="groups_waiting_retrieve", responses={200: WaitingSerializer, **UNFIT})
    def retrieve(self, request: Request, group: UUID) -> Response:
        found = self.group_in_path()
        if not may(self.person, "look_after_words", found):
            raise PermissionDenied
        posts, comments = waiting_for(self.person, found)
        return Response(self.get_serializer({"posts": posts, "comments": comments}).data)
