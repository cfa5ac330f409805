"""What people of a group say to each other: posts, comments, cheers, pictures."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import seen
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet
from groups.models.groups import Group
from groups.models.memberships import Membership, named_to
from groups.models.readers import Reader


class WordsQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Words written in a group: for its members alone. `group_of` is the path from the row to its group."""

    group_of = "group"

    def _visible_to(self, viewer: Viewer) -> Self:
        return self.seen_by(Reader.of(viewer)) if viewer.is_authenticated else self.none()

    def seen_by(self, reader: Reader) -> Self:
        """Return what fellow members wrote, without blocked people: all that `reader` may know of."""
        raise NotImplementedError

    def shown_in_their_place(self, reader: Reader, *, group: Combinable | None = None) -> Self:
        """Return the words that may be shown to a reader who sees the place that they stand in.

        What waits for a look, or was hidden, is seen by its author and by those who look after the group. Words go
        with whoever wrote them: who leaves, or is sent away, leaves none behind, and finds them on coming back.
        `group` is theirs, where a query around this one knows it.
        """
        is_shown = Q(held_at=None, hidden_at=None) | Q(author=reader.person)
        is_watched = Q((f"{self.group_of}__in", reader.watched))
        return _by_people_here(self, reader, "author", group or OuterRef(self.group_of)).filter(is_shown | is_watched)

    def waiting(self) -> Self:
        """Return what is held until somebody who looks after the group has read it, the longest wait first."""
        return self.filter(held_at__isnull=False, hidden_at=None).order_by("held_at", "pk")


def _by_people_here[R: VisibilityQuerySet[Any]](rows: R, reader: Reader, person: str, group: Combinable) -> R:
    """Return the rows whose `person` takes part in their `group`, and is known to the reader."""
    here = Membership.objects.current().filter(named_to(reader.person.pk), group=group, person=OuterRef(person))
    scoped = rows.filter(seen(reader.unseen, f"{person}__"), Exists(here))
    scoped.is_scoped = True
    return scoped


class Words(Addressed):
    """Markdown and the clean HTML made of it when it was written.

    `held_at`: waits until somebody who looks after the group lets it through. `hidden_at`: taken out by them, or by
    the site's moderators.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("author"))
    text = models.TextField(_("text"), max_length=5000)
    text_html = models.TextField(editable=False, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_shown(self) -> bool:
        """Whether everybody in the group may read it."""
        return self.held_at is None and self.hidden_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether it is held for somebody who looks after the group."""
        return self.held_at is not None and self.hidden_at is None


class PostQuerySet(WordsQuerySet["Post"]):
    def seen_by(self, reader: Reader) -> Self:
        return self.filter(group__in=reader.groups).shown_in_their_place(reader)

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def pinned(self) -> Self:
        """Return what stands on top, last pinned first."""
        return self.filter(pinned_at__isnull=False).order_by("-pinned_at", "-pk")


class Post(Words):
    """Something said to the group; an announcement is a host's. Pinned ones stay on top."""

    section = "posts"  # in addresses

    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    is_announcement = models.BooleanField(_("announcement"), default=False)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["group", "-created_at", "-id"], name="post_of_group"),
            models.Index(fields=["-created_at", "-id", "group"], name="post_newest"),
            models.Index(fields=["author"], name="post_of_author"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("groups:post", args=[self.group.slug, self.uuid])

    @property
    def thread(self) -> Post:
        """The post that it is, or answers."""
        return self


class CommentQuerySet(WordsQuerySet["Comment"]):
    group_of = "post__group"

    def seen_by(self, reader: Reader) -> Self:
        """As posts are, and only under a post that the reader may see."""
        return self.shown_in_their_place(reader).filter(
            Exists(Post.objects.seen_by(reader).filter(pk=OuterRef("post")))
        )


class Comment(Words):
    """An answer to a post."""

    section = "answers"

    post = models.ForeignKey(Post, models.DB_CASCADE, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["post", "created_at", "id"], name="comment_of_post")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def thread(self) -> Post:
        """The post that it is, or answers."""
        return self.post


class CheerQuerySet(VisibilityQuerySet["Cheer"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Cheers of people and for posts that the viewer may see."""
        if not viewer.is_authenticated:
            return self.none()
        here = self.shown_in_their_place(Reader.of(viewer))
        return here.filter(Exists(Post.objects.visible_to(viewer).filter(pk=OuterRef("post"))))

    def shown_in_their_place(self, reader: Reader) -> Self:
        """Return the cheers that may be shown to a reader who sees the post."""
        return _by_people_here(self, reader, "person", OuterRef("post__group"))


class Cheer(Addressed):
    """A friendly sign under a post, one from each person."""

    post = models.ForeignKey(Post, models.DB_CASCADE, related_name="cheers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = CheerQuerySet.as_manager()

    class Meta:
        verbose_name = _("cheer")
        verbose_name_plural = _("cheers")
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="cheer_once")]

    def __str__(self) -> str:
        return str(self.uuid)


class PictureQuerySet(VisibilityQuerySet["Picture"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """The picture of a group for whoever may see the group, that of a post for whoever may see the post."""
        of_post = Exists(Post.objects.visible_to(viewer).filter(pk=OuterRef("post")))
        of_group = Exists(Group.objects.visible_to(viewer).filter(pk=OuterRef("group")))
        return self.filter(Q(of_post, post__isnull=False) | Q(of_group, post=None))

    def shown_in_their_place(self) -> Self:
        """Return the pictures of posts, for whoever sees the post."""
        shown = self.filter(post__isnull=False)
        shown.is_scoped = True
        return shown


class Picture(Addressed):
    """A picture, made anew from what was sent: bounded in size, without what cameras write into it.

    Without a post it is the picture of its group.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="pictures")
    post = models.ForeignKey(Post, models.DB_CASCADE, null=True, blank=True, related_name="pictures")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.ImageField(
        _("picture"), upload_to="pictures/%Y/%m", width_field="width", height_field="height", max_length=200
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(_("what it shows"), max_length=200, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(post=None), name="picture_one_of_group"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("groups:picture", args=[self.group.slug, self.uuid])

    @property
    def small_url(self) -> str:
        """The address of the small file."""
        return reverse("groups:small_picture", args=[self.group.slug, self.uuid])
