"""Further ways to an answer: joining with it, being put down by a host, looking, resting, greeting."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import AnswerLink, Event, Group, JoinRequest, Membership, Role, Rsvp
from groups.services.answer_links import make_link
from groups.services.answers import host_adds, join_and_answer
from groups.services.rsvps import rsvp
from notifications.models import Notification
from tests.groups.kit import DECLINED, GOING, MAYBE, all_going, going, line, make_event, make_members
from tests.kit.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=2, greeter=cast.host)


# Joining with the answer -------------------------------------------------------------------------
def test_joining_with_the_answer(cast: Cast, event: Event, now: datetime) -> None:
    answer = join_and_answer(event=event, person=cast.stranger, answer=GOING, is_first_time=True, now=now)
    assert (answer.status, answer.is_first_time) == (GOING, True)
    assert Membership.objects.current().filter(group=cast.group, person=cast.stranger).exists()


@pytest.mark.parametrize("refusal", ["declined", "by request", "over"])
def test_both_or_neither(cast: Cast, event: Event, now: datetime, refusal: str) -> None:
    if refusal == "by request":
        Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    answer, at = (DECLINED if refusal == "declined" else GOING), (event.ends_at if refusal == "over" else now)
    with pytest.raises(DomainError):
        join_and_answer(event=event, person=cast.stranger, answer=answer, now=at)
    assert not Membership.objects.filter(person=cast.stranger).exists()


@pytest.mark.parametrize("known", [True, False])
def test_joining_with_it_ends_what_was_asked_or_sent_before(
    cast: Cast, event: Event, now: datetime, *, known: bool
) -> None:
    """Who was in the group before is in it as anybody is, by links of their own from now on."""
    person = cast.stranger
    if known:
        was = {"left_at": now, "is_looking": True}
        Membership.objects.create(group=cast.group, person=person, joined_at=now - timedelta(days=9), **was)
    make_link(event=event, person=person, message=uuid4(), now=now)
    asked = JoinRequest.objects.create(group=cast.group, person=person, expires_at=now + timedelta(days=1))

    join_and_answer(event=event, person=person, answer=GOING, now=now)

    asked.refresh_from_db()
    mine = Membership.objects.current().get(person=person)
    assert (mine.role, mine.is_looking, mine.joined_at) == (Role.MEMBER, False, now)
    assert (asked.status, asked.closed_at) == ("accepted", now)
    assert AnswerLink.objects.get().revoked_at == (now if known else None)


def test_who_is_in_already_stays_as_they_are_in_a_group_that_is_not_open(
    cast: Cast, event: Event, now: datetime
) -> None:
    Group.objects.update(join_policy=Group.JoinPolicy.INVITATION)
    answer = join_and_answer(event=event, person=cast.host, answer=GOING, is_quiet=True, now=now)
    again = join_and_answer(event=event, person=cast.host, answer=MAYBE, now=now)
    mine = Membership.objects.get(person=cast.host)
    assert (answer.pk, again.status, again.is_quiet) == (again.pk, MAYBE, True)
    assert (mine.role, mine.joined_at) == (Role.HOST, LONG_AGO)


def test_whom_the_group_has_banned_joins_it_by_no_answer(cast: Cast, event: Event, now: datetime) -> None:
    with pytest.raises(NotPermitted) as refused:
        join_and_answer(event=event, person=cast.banned, answer=GOING, now=now)
    assert refused.value.code == "cannot_join"
    assert not Rsvp.objects.exists()


def test_joining_with_it_passes_no_line(cast: Cast, event: Event, now: datetime) -> None:
    people = make_members(cast.group, 3)
    all_going(event, people, now)
    answers = [
        join_and_answer(event=event, person=person, answer=GOING, now=now) for person in (cast.stranger, cast.editor)
    ]
    again = join_and_answer(event=event, person=cast.stranger, answer=GOING, is_first_time=True, now=now)
    assert [(answer.status, answer.position) for answer in (*answers, again)] == [
        ("waitlisted", 2), ("waitlisted", 3), ("waitlisted", 2),
    ]  # fmt: skip
    rsvp(event=event, person=people[0], answer=DECLINED, now=now)
    assert (going(event), line(event)) == ({people[1], people[2]}, [cast.stranger, cast.editor])


# Looking -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "is_quiet", "still_looks"),
    [(GOING, False, False), (GOING, True, True), (MAYBE, False, True), (DECLINED, False, True)],
)
def test_who_only_looked_and_comes_openly_takes_part(
    cast: Cast, event: Event, now: datetime, answer: str, *, is_quiet: bool, still_looks: bool
) -> None:
    Membership.objects.filter(person=cast.member).update(is_looking=True)
    rsvp(event=event, person=cast.member, answer=answer, is_quiet=is_quiet, now=now)
    assert Membership.objects.get(person=cast.member).is_looking is still_looks


# Standing ----------------------------------------------------------------------------------------
def test_who_rests_takes_no_seat_and_gives_one_back(cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=GOING, now=now)
    User.objects.filter(pk=cast.member.pk).update(suspended_until=now + timedelta(days=1))
    for answer in (GOING, MAYBE):
        with pytest.raises(NotPermitted):
            rsvp(event=event, person=cast.member, answer=answer, now=now)
    assert rsvp(event=event, person=cast.member, answer=DECLINED, now=now).status == DECLINED


def test_what_is_not_said_again_stays(cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=GOING, is_quiet=True, is_first_time=True, now=now)
    answer = rsvp(event=event, person=cast.member, answer=MAYBE, now=now)
    assert (answer.is_quiet, answer.is_first_time) == (True, True)


# A host puts somebody down -----------------------------------------------------------------------
def test_a_host_puts_somebody_down_and_they_are_told(cast: Cast, event: Event, now: datetime) -> None:
    answer = host_adds(event=event, host=cast.host, person=cast.member.uuid, now=now)
    assert answer.status == GOING
    notice = Notification.objects.get()
    assert (notice.person, notice.kind) == (cast.member, "host_added")


def test_a_host_passes_no_line_either(cast: Cast, event: Event, now: datetime) -> None:
    people = make_members(cast.group, 3)
    all_going(event, people, now)
    host_adds(event=event, host=cast.host, person=cast.member.uuid, now=now)
    assert line(event) == [people[2], cast.member]


def test_their_own_word_counts_more(cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=DECLINED, now=now)
    with pytest.raises(DomainError) as refused:
        host_adds(event=event, host=cast.host, person=cast.member.uuid, now=now)
    assert refused.value.code == "said_no"
    rsvp(event=event, person=cast.member, answer=GOING, is_quiet=True, now=now)
    assert host_adds(event=event, host=cast.host, person=cast.member.uuid, now=now).is_quiet
    assert not Notification.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "banned", "looking", "suspended", "closed"])
def test_only_people_who_take_part_are_put_down(cast: Cast, event: Event, now: datetime, name: str) -> None:
    person = cast.people.get(name, cast.member)
    Membership.objects.filter(person=cast.member).update(is_looking=name == "looking")
    person.suspended_until = now + timedelta(days=1) if name == "suspended" else None
    person.is_active = name != "closed"
    person.save()
    with pytest.raises(InvalidInput) as refused:
        host_adds(event=event, host=cast.host, person=person.uuid, now=now)
    assert refused.value.field == "person"
    assert not going(event)


@pytest.mark.parametrize("name", ["member", "stranger", "superuser"])
def test_only_hosts_put_somebody_down(cast: Cast, event: Event, now: datetime, name: str) -> None:
    with pytest.raises(NotPermitted):
        host_adds(event=event, host=cast.people[name], person=cast.member.uuid, now=now)


# The first time ----------------------------------------------------------------------------------
def told(person: User) -> list[str]:
    return list(Notification.objects.filter(person=person, kind="first_time_coming").values_list("about_id", flat=True))


def test_who_greets_is_told_once(cast: Cast, event: Event, now: datetime) -> None:
    for _ in range(2):
        answer = rsvp(event=event, person=cast.member, answer=GOING, is_first_time=True, now=now)
    assert told(cast.host) == [str(answer.uuid)]


def test_they_are_told_when_the_newcomer_has_a_seat(cast: Cast, event: Event, now: datetime) -> None:
    people = make_members(cast.group, 2)
    all_going(event, people, now)
    answer = rsvp(event=event, person=cast.member, answer=GOING, is_first_time=True, now=now)
    assert told(cast.host) == []
    rsvp(event=event, person=people[0], answer=DECLINED, now=now)
    assert Rsvp.objects.get(pk=answer.pk).status == GOING
    assert told(cast.host) == [str(answer.uuid)]


def test_nobody_is_told_of_themselves(cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.host, answer=GOING, is_first_time=True, now=now)
    assert told(cast.host) == []
