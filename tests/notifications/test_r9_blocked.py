"""Promise R9, the row "blocked": what speaks of somebody is not sent across a block, by any channel, either way.

What names nobody (a seat, a time, a host's word to all who come) goes on: a block hides people, not meetings.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Block, User
from accounts.services.blocks import block
from groups.models import Buddies, BuddyWord, Group, Noticer, Post, Rsvp
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from notifications.services.outbox import notify
from reminders.lookups.silence import silence_of
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.kit.mail_sink import MailSink
from tests.kit.push_sink import PushSink
from tests.notifications.conftest import add_device

pytestmark = pytest.mark.django_db

CHANNELS = ["email", "push", "inbox"]
LONG_AGO = timedelta(days=30)

type Cause = Callable[[User, User, Group, datetime], tuple[str, str]]
"""Makes `other` a reason to tell `person` something; returns what it is about and its occurrence."""


def buddy_asked(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    return str(Buddies.objects.create(asked_by=other, asked=person).uuid), ""


def buddy_company(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    pair = Buddies.objects.create(asked_by=other, asked=person, agreed_at=now)
    BuddyWord.objects.create(buddies=pair, person=other, local_on=now.date(), word=BuddyWord.Word.COMPANY)
    return str(pair.uuid), now.date().isoformat()


def noticer_asked(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    return str(Noticer.objects.create(person=other, friend=person, after_days=7, words="Say hello").uuid), ""


def silence(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    words = {"words": "Say hello", "agreed_at": now - LONG_AGO}
    noticer = Noticer.objects.create(person=other, friend=person, after_days=7, **words)
    due = silence_of(str(noticer.uuid), now=now)
    assert due is not None
    return str(noticer.uuid), due.since.isoformat()


def group_announcement(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    said = {"text": "By the weir", "text_html": "<p>By the weir</p>"}
    return str(Post.objects.create(group=group, author=other, is_announcement=True, **said).uuid), ""


def first_time_coming(person: User, other: User, group: Group, now: datetime) -> tuple[str, str]:
    event = make_event(group, now, greeter=person)
    answer = Rsvp.objects.create(event=event, person=other, status=Rsvp.Status.GOING, is_first_time=True)
    return str(answer.uuid), ""


KINDS: list[tuple[Cause, str]] = [
    (buddy_asked, "gone"),
    (buddy_company, "gone"),
    (noticer_asked, "gone"),
    (silence, "gone"),
    (group_announcement, "not_visible"),
    (first_time_coming, "not_visible"),
]


@pytest.fixture
def other(cast: Cast) -> User:
    """Somebody of the same group, without a block yet."""
    Block.objects.all().delete()
    return cast.blocked


@pytest.fixture
def told(cast: Cast, other: User, push: PushSink, sink: MailSink, now: datetime) -> User:
    """The member, who can be reached by every channel."""
    member = cast.member
    EmailAddress.objects.update_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    add_device(member, push.url(), now)
    return member


def put(cause: Cause, told: User, other: User, group: Group, now: datetime) -> None:
    about, occurrence = cause(told, other, group, now)
    notify(person=told, kind=cause.__name__, about_id=about, occurrence=occurrence, dedupe_key="r9", now=now)


def outcomes(now: datetime) -> dict[str, tuple[str, str]]:
    for channel in CHANNELS:
        deliver_due(now=now, channel=channel)
    return {row.channel: (row.state, row.reason) for row in Delivery.objects.all()}


by_kind = pytest.mark.parametrize(("cause", "reason"), KINDS, ids=lambda value: getattr(value, "__name__", ""))


@by_kind
def test_control_without_a_block_it_is_sent(
    cause: Cause, reason: str, told: User, other: User, cast: Cast, push: PushSink, sink: MailSink, now: datetime
) -> None:
    put(cause, told, other, cast.group, now)

    assert outcomes(now) == dict.fromkeys(CHANNELS, ("sent", ""))
    assert (len(sink.mails), len(push.posts)) == (1, 1)


@pytest.mark.parametrize("is_theirs", [False, True], ids=["who is told blocks", "the other blocks"])
@by_kind
def test_blocked_since_holds_it_back(
    cause: Cause, reason: str, is_theirs: bool, told: User, other: User, cast: Cast, push: PushSink, sink: MailSink,
    now: datetime,
) -> None:  # fmt: skip
    put(cause, told, other, cast.group, now)
    one, another = (other, told) if is_theirs else (told, other)
    block(person=one, other=another)

    assert outcomes(now) == dict.fromkeys(CHANNELS, ("suppressed", reason))
    assert (sink.attempts, push.posts) == (0, [])
