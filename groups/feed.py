"""What is said in groups as one viewer sees it, in a fixed number of queries."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple, cast

from django.db.models import BigIntegerField, Count, Exists, OuterRef, PositiveIntegerField, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.models import named
from core import clock
from core.pagination import Pages
from core.visibility import Viewer
from groups.models import Cheer, Comment, Group, JoinRequest, Membership, Picture, Post
from groups.models.feed import CommentQuerySet, PostQuerySet, Words
from groups.models.readers import Reader
from groups.newest import NewestFirst, NewestOfMany

NEWEST, MOST_PINNED = 5, 5


class Cheered(NamedTuple):
    """Somebody who cheered, by the name that is shown."""

    person_id: int
    name: str


class OldestFirst(Pages):
    page_size = 50
    ordering = ("created_at", "pk")


def posts_seen_by(viewer: Viewer) -> PostQuerySet:
    """Return posts with author, group and `comment_count`; `dress` them before they are shown."""
    return _in_full(Post.objects.visible_to(viewer), Reader.of(viewer))


def _in_full(posts: PostQuerySet, reader: Reader) -> PostQuerySet:
    answers = Comment.objects.shown_in_their_place(reader, group=OuterRef(OuterRef("group")))
    answers = answers.filter(post=OuterRef("pk")).order_by()
    count = Subquery(answers.values("post").annotate(n=Count("pk")).values("n"))
    return posts.select_related("author", "group").annotate(comment_count=Coalesce(count, Value(0)))


def dress[P: Sequence[Post]](posts: P, viewer: Viewer) -> P:
    """Give posts that the viewer sees `shown_pictures`, and `shown_cheers`, the first first."""
    return _dress(posts, Reader.of(viewer))


def _dress[P: Sequence[Post]](posts: P, reader: Reader) -> P:
    """Bring both in one query, whose rows are put in order here: of a picture what is shown, of a cheer whose it is."""
    under = {post.pk: post for post in cast("Sequence[Any]", posts)}
    for post in under.values():
        post.shown_pictures, post.shown_cheers = [], []
    pictures = Picture.objects.shown_in_their_place().filter(post__in=posts)
    cheers = Cheer.objects.shown_in_their_place(reader).filter(post__in=posts)
    none, nobody = Value(None, PositiveIntegerField()), Value(None, BigIntegerField())
    of_both = ("post", "created_at", "pk", "uuid")
    found = pictures.values_list(*of_both, nobody, "alt", "width", "height").union(
        cheers.values_list(*of_both, "person", "person__display_name", none, none), all=True
    )
    for key, _at, _pk, uuid, person, words, width, height in sorted(found, key=itemgetter(1, 2)):
        post = under[key]
        if person is None:
            picture = Picture(uuid=uuid, group=post.group, alt=words, width=width, height=height)
            post.shown_pictures.append(picture)
        else:
            post.shown_cheers.append(Cheered(person, named(words)))
    return posts


def just_said(post: Post) -> Post:
    """Give a post that was written just now what is shown of it: nobody can have answered or cheered yet."""
    cast("Any", post).comment_count = 0
    dress([post], post.author)
    return post


def renewed[W: Words](words: W, said: Words) -> W:
    """Give words that were read to be shown what was just changed in them."""
    for name in ("text", "text_html", "edited_at", "held_at", "hidden_at"):
        setattr(words, name, getattr(said, name))
    return words


def page_of_mine(viewer: Viewer, request: Request) -> tuple[list[Post], Pages]:
    """Return a page of what is said in all groups of the viewer, dressed, and the way to the next.

    A cursor that nobody was given raises NotFound.
    """
    reader = Reader.looked_up(viewer)
    pages = NewestOfMany(reader.groups)
    posts = pages.paginate_queryset(_in_full(Post.objects.shown_in_their_place(reader), reader), request)
    return _dress(posts or [], reader), pages


def on_top_of(viewer: Viewer, group: Group) -> list[Post]:
    """Return what hosts pinned, last pinned first."""
    return list(posts_seen_by(viewer).filter(group=group).pinned()[:MOST_PINNED])


def newest_of(viewer: Viewer, group: Group) -> list[Post]:
    """Return what the group's own page shows: what is pinned, then the newest."""
    here = posts_seen_by(viewer).filter(group=group)
    newest = Post.objects.visible_to(viewer).filter(group=group, pinned_at=None).newest_first()[:NEWEST]
    shown = here.filter(Q(pinned_at__isnull=False) | Q(pk__in=newest.values("pk"))).newest_first()
    return sorted(shown[: NEWEST + MOST_PINNED], key=lambda post: post.pinned_at is None)


def comments_seen_by(viewer: Viewer, post: Post) -> CommentQuerySet:
    """Return the answers to a post with their authors; those who look after the group see who waits too."""
    return Comment.objects.visible_to(viewer).filter(post=post).select_related("author", "post__group")


def waiting_for(viewer: Viewer, group: Group) -> tuple[list[Post], list[Comment]]:
    """Return what is held in a group that the viewer looks after."""
    posts = posts_seen_by(viewer).filter(group=group).waiting()
    comments = Comment.objects.visible_to(viewer).filter(post__group=group).waiting()
    return dress(list(posts), viewer), list(comments.select_related("author", "post__group"))


def picture_of(viewer: Viewer, group: Group) -> Picture | None:
    """Return the picture of the group itself."""
    return Picture.objects.visible_to(viewer).filter(group=group, post=None).select_related("group").first()


def my_membership(viewer: Viewer, group: Group) -> Membership | None:
    """Return the viewer's own membership of the group, with what waits for those who look after it.

    `has_waiting`: words wait for a look; `asking`: how many ask to join, as far as the viewer may know.
    """
    posts = Post.objects.visible_to(viewer).waiting().filter(group=OuterRef("group"))
    comments = Comment.objects.visible_to(viewer).waiting().filter(post__group=OuterRef("group"))
    found = Membership.objects.visible_to(viewer).filter(group=group, person=viewer.pk)
    asking = JoinRequest.objects.visible_to(viewer).open(clock.now()).filter(group=OuterRef("group"))
    many = Subquery(asking.order_by().values("group").annotate(n=Count("pk")).values("n"))
    return found.annotate(has_waiting=Exists(posts) | Exists(comments), asking=Coalesce(many, Value(0))).first()


def page_of(queryset: Any, request: HttpRequest, pages: type[Pages] = NewestFirst) -> tuple[list[Any], str | None]:
    """Return one page of rows and the address of the next. An address that means nothing is 404."""
    paginator = pages()
    try:
        rows: list[Any] | None = paginator.paginate_queryset(queryset, Request(request))
    except NotFound as error:
        raise Http404 from error
    return list(rows or []), paginator.get_next_link()
