"""The picture of a group, and the files of pictures."""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core import clock
from core.errors import NotPermitted
from groups.models import Picture, Post
from groups.services.pictures import Sent, forget_orphans, remove_group_picture, set_group_picture, small_name
from tests.groups.feed_kit import a_picture, say
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_group_has_one_picture_which_hosts_choose(
    cast: Cast, now: datetime, django_capture_on_commit_callbacks
) -> None:
    first = set_group_picture(group=cast.group, person=cast.host, sent=a_picture(), now=now)
    with django_capture_on_commit_callbacks(execute=True):
        second = set_group_picture(group=cast.group, person=cast.owner, sent=a_picture("A gate"), now=now)
    assert list(Picture.objects.all()) == [second]
    assert not default_storage.exists(first.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_group_picture(group=cast.group, person=cast.host)
    assert not default_storage.exists(second.file.name)
    assert not default_storage.exists(small_name(second.file.name))


def test_others_choose_none(cast: Cast, now: datetime) -> None:
    """And are told so before their file is read, which takes a while."""
    for name in ("member", "stranger", "superuser"):
        for sent in (a_picture(), Sent(b"no picture")):
            with pytest.raises(NotPermitted):
                set_group_picture(group=cast.group, person=cast.people[name], sent=sent, now=now)
        with pytest.raises(NotPermitted):
            remove_group_picture(group=cast.group, person=cast.people[name])


def test_names_are_not_guessed_and_not_the_senders(cast: Cast, now: datetime) -> None:
    names = set()
    for _twice in range(2):
        names.add(set_group_picture(group=cast.group, person=cast.host, sent=a_picture(), now=now).file.name)
    assert len(names) == 2
    assert all(len(name.rsplit("/", 1)[-1]) >= 36 for name in names)


def test_files_whose_rows_went_with_a_person_are_forgotten(cast: Cast, now: datetime) -> None:
    """The database takes rows with their people, and knows of no files."""
    kept = set_group_picture(group=cast.group, person=cast.host, sent=a_picture(), now=now)
    post = say(cast.group, cast.member, now, pictures=[a_picture()])
    name = Picture.objects.get(post=post).file.name
    Post.objects.all().delete()
    later = clock.datetime.now(tz=now.tzinfo)
    assert forget_orphans(now=later) == 0, "what was written just now may be about to get its row"
    assert forget_orphans(now=later + timedelta(days=2)) >= 2
    assert not default_storage.exists(name)
    assert not default_storage.exists(small_name(name))
    assert default_storage.exists(kept.file.name)
    assert default_storage.exists(small_name(kept.file.name))


def test_a_folder_that_is_not_there_holds_no_orphans(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    assert forget_orphans(now=datetime.now().astimezone()) == 0
    default_storage.save("elsewhere/thing.webp", ContentFile(b""))
    assert forget_orphans(now=datetime.now().astimezone() + timedelta(days=9)) == 0
