"""Words and pictures for the tests of the feed."""

from datetime import datetime, timedelta

from accounts.models import User
from groups.models import Comment, Group, Membership, Post
from groups.services.feed import write_comment, write_post
from groups.services.pictures import Sent
from tests.kit.samples import photo

A_YEAR = timedelta(days=365)


def settle(group: Group, now: datetime) -> None:
    """Make everybody in the group somebody who has been here for long."""
    Membership.objects.filter(group=group).update(joined_at=now - A_YEAR)
    User.objects.update(joined_at=now - A_YEAR)


def make_new(person: User, now: datetime) -> User:
    """Make somebody a newcomer: their account is an hour old."""
    User.objects.filter(pk=person.pk).update(joined_at=now - timedelta(hours=1))
    person.refresh_from_db()
    return person


def say(group: Group, person: User, now: datetime, text: str = "The moss was soft", **fields: object) -> Post:
    return write_post(group=group, person=person, text=text, now=now, **fields)  # type: ignore[arg-type]


def answer(post: Post, person: User, now: datetime, text: str = "It was indeed very soft today") -> Comment:
    return write_comment(post=post, person=person, text=text, now=now)


def a_picture(alt: str = "A bench") -> Sent:
    return Sent(photo((60, 40)), alt)
