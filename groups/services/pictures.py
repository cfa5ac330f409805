"""Keeping pictures as files, and letting go of them.

A file is written before its row and let go of after it: what a failure leaves over, `forget_orphans` finds.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Self

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from core.words import tidy_line
from groups.models import Group, Membership, Picture, Post
from groups.reencoding import MOST_BYTES, SUFFIX, Refused, Renditions, reencode
from groups.services.memberships import lock_group

FOLDER = "pictures"
SMALL = "-small"


@dataclass(frozen=True)
class Sent:
    """The bytes of a file as somebody sent it, what they say it shows, and the field it came by.

    Of a file that is too large no byte is kept on its way here: `size` says how many there were.
    """

    data: bytes
    alt: str = ""
    field: str = "picture"
    size: int = 0

    @classmethod
    def of(cls, upload: "UploadedFile[bytes]", alt: str, field: str = "picture") -> Self:
        return cls(upload.read(), alt, field, upload.size or 0)

    def made(self) -> Renditions:
        """Return the picture made anew. Raises Refused, naming the field."""
        try:
            if self.size > MOST_BYTES:
                raise Refused("picture_large")
            return reencode(self.data)
        except Refused as refused:
            raise Refused(refused.code, field=self.field) from refused


def set_group_picture(*, group: Group, person: User, sent: Sent, now: datetime) -> Picture:
    """Give the group its one picture, in place of the one it had. Hosts only."""
    require_good_standing(person, now=now)
    _require_host(group, person)  # before it is made anew, which takes a while; and once more under the lock
    made = sent.made()
    with transaction.atomic():
        locked = lock_group(group)
        _require_host(locked, person)
        _let_go(Picture.objects.filter(group=locked, post=None))
        return _keep(made, group=locked, post=None, sent_by=person, alt=tidy_line(sent.alt), created_at=now)


@transaction.atomic
def remove_group_picture(*, group: Group, person: User) -> None:
    """Leave the group without a picture. Hosts only."""
    locked = lock_group(group)
    _require_host(locked, person)
    _let_go(Picture.objects.filter(group=locked, post=None))


def add_pictures(post: Post, made: Iterable[tuple[Renditions, str]]) -> None:
    """Hang pictures on a post, in the order in which they were sent; for the services of posts."""
    for renditions, alt in made:
        _keep(
            renditions, group=post.group, post=post, sent_by=post.author, alt=tidy_line(alt), created_at=post.created_at
        )


def let_go_of_pictures(post: Post) -> None:
    """Let the files of a post's pictures go with their rows, which go with the post; for who is about to delete it."""
    _let_go_of_files(Picture.objects.filter(post=post))


def let_go_of_pictures_in(group: Group) -> None:
    """Take every picture out of a group that is about to be deleted, rows and files."""
    _let_go(Picture.objects.filter(group=group))


def small_name(name: str) -> str:
    """Return the name of the small file beside a large one."""
    return f"{name.removesuffix(SUFFIX)}{SMALL}{SUFFIX}"


def forget_orphans(*, now: datetime) -> int:
    """Delete files without a row, a day after they were written; return how many.

    Rows go with their people and groups by way of the database, which knows of no files.
    """
    long_ago = now - timedelta(days=1)
    gone = 0
    for name in _files(FOLDER):
        large = name.replace(f"{SMALL}{SUFFIX}", SUFFIX)
        if default_storage.get_modified_time(name) < long_ago and not Picture.objects.filter(file=large).exists():
            default_storage.delete(name)
            gone += 1
    return gone


def _keep(made: Renditions, **fields: object) -> Picture:
    """Write both files under a name that nobody guesses, and the row."""
    picture = Picture(**fields)
    picture.file.save(f"{secrets.token_urlsafe(24)}{SUFFIX}", ContentFile(made.large), save=False)
    default_storage.save(small_name(str(picture.file.name)), ContentFile(made.small))
    picture.width, picture.height = made.size
    picture.save()
    return picture


def _let_go(pictures: Iterable[Picture]) -> None:
    """Delete the rows, and their files once that is certain."""
    gone = list(pictures)
    Picture.objects.filter(pk__in=[picture.pk for picture in gone]).delete()
    _let_go_of_files(gone)


def _let_go_of_files(pictures: Iterable[Picture]) -> None:
    for picture in pictures:
        name = str(picture.file.name)
        for file in (name, small_name(name)):
            transaction.on_commit(partial(default_storage.delete, file), robust=True)


def _require_host(group: Group, person: User) -> None:
    if not Membership.objects.hosting().filter(group=group, person=person).exists():
        raise NotPermitted("not_a_host", _("Hosts choose the picture of a group."))


def _files(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in names)
    for below in folders:
        yield from _files(f"{folder}/{below}")
