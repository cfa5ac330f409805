"""A word from the hosts: to whom it goes, how much of it, and that its text is in one place."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Block, User
from core.errors import DomainError
from groups.models import Event, HostMessage, Rsvp
from groups.services.host_messages import (
    AFTERWARDS,
    MOST_FOR_EVENT,
    MOST_OF_AUTHOR,
    write_to_participants,
)
from groups.services.memberships import leave_group
from groups.services.rsvps import rsvp
from moderation.services.reports import report
from moderation.subjects import kind_or_404
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Delivery, Notification
from notifications.services.delivery import deliver_due
from tests.groups.kit import DECLINED, MAYBE, all_going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = "We meet at the other gate. <b>Bring</b> a light, it is dark."


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    """Return an event of two seats: host and member have them, the owner waits, two others may come or can't."""
    event = make_event(cast.group, now, capacity=2)
    all_going(event, [cast.host, cast.member, cast.owner], now)
    for person, answer in zip(make_members(cast.group, 2), [MAYBE, DECLINED], strict=True):
        rsvp(event=event, person=person, answer=answer, now=now)
    return event


def told() -> set[User]:
    return {note.person for note in Notification.objects.filter(kind="host_message").select_related("person")}


def prepared(now: datetime) -> Content | Hold:
    notice = Notification.objects.select_related("person").get(kind="host_message")
    with timezone.override("Europe/Berlin"):
        return kinds.get("host_message").prepare(notice, now)


def test_it_goes_to_those_who_come(cast: Cast, event: Event, now: datetime) -> None:
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    assert told() == {cast.member}
    assert Delivery.objects.filter(channel="email").count() == 1


def test_and_to_those_in_line_when_it_is_for_them_too(cast: Cast, event: Event, now: datetime) -> None:
    write_to_participants(event=event, author=cast.host, text=WORDS, is_for_line=True, now=now)
    assert told() == {cast.member, cast.owner}


def test_who_has_left_reads_no_more_of_it(cast: Cast, event: Event, now: datetime) -> None:
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    assert HostMessage.objects.visible_to(cast.member).exists()
    later = event.ends_at + timedelta(hours=1)  # over, so the answer stays when they leave
    leave_group(group=cast.group, person=cast.member, now=later)
    assert Rsvp.objects.filter(person=cast.member).exists()
    assert not HostMessage.objects.visible_to(cast.member).exists()


def test_quiet_answers_are_written_to_as_well(cast: Cast, event: Event, now: datetime) -> None:
    Rsvp.objects.update(is_quiet=True)
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    assert told() == {cast.member}


def test_the_text_stands_in_one_place_and_is_read_when_it_is_sent(cast: Cast, event: Event, now: datetime) -> None:
    message = write_to_participants(event=event, author=cast.host, text=f"  {WORDS}\n", now=now)
    assert message.text == WORDS
    assert WORDS not in str([vars(row) for model in (Notification, Delivery) for row in model.objects.all()])
    found = prepared(now)
    assert isinstance(found, Content)
    assert found.context["text"] == WORDS
    html = render_to_string(
        "groups/mail/host_message.html", {**found.context, "site_name": "MindMove", "language": "en"}
    )
    assert "&lt;b&gt;Bring&lt;/b&gt;" in html
    assert "Host" not in html  # who hosts writes as the hosts: somebody may have blocked the one who did


def _give_back(cast: Cast, event: Event, now: datetime) -> None:
    rsvp(event=event, person=cast.member, answer=DECLINED, now=now)


def _leave(cast: Cast, event: Event, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.member, now=now)


def _remove(cast: Cast, event: Event, now: datetime) -> None:
    HostMessage.objects.all().delete()


@pytest.mark.parametrize("meanwhile", [_give_back, _leave, _remove])
def test_who_does_not_come_any_more_gets_nothing(meanwhile, cast: Cast, event: Event, now: datetime) -> None:
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    meanwhile(cast, event, now)
    assert prepared(now) == Hold("not_for_you")


def test_a_few_a_day_for_an_event_and_of_one_person(cast: Cast, event: Event, now: datetime) -> None:
    for number in range(MOST_FOR_EVENT):
        write_to_participants(event=event, author=cast.host, text=f"{WORDS} {number}", now=now)
    with pytest.raises(DomainError, match="too_many_messages"):
        write_to_participants(event=event, author=cast.owner, text=WORDS, now=now)
    write_to_participants(event=event, author=cast.owner, text=WORDS, now=now + timedelta(days=1, minutes=1))

    others = [make_event(cast.group, now) for _each in range(MOST_OF_AUTHOR // MOST_FOR_EVENT)]
    for number, other in enumerate([*others[1:], *others[1:], *others[1:], *others[1:]]):
        write_to_participants(event=other, author=cast.host, text=f"{WORDS} {number}", now=now)
    assert HostMessage.objects.filter(author=cast.host).count() == MOST_OF_AUTHOR
    with pytest.raises(DomainError, match="too_many_messages"):
        write_to_participants(event=others[0], author=cast.host, text=WORDS, now=now)


def test_no_empty_words_nothing_long_after_and_nobody_who_is_suspended(cast: Cast, event: Event, now) -> None:
    with pytest.raises(DomainError, match="no_words"):
        write_to_participants(event=event, author=cast.host, text=" \n ", now=now)
    later = event.ends_at + AFTERWARDS + timedelta(minutes=1)
    with pytest.raises(DomainError, match="event_long_over"):
        write_to_participants(event=event, author=cast.host, text=WORDS, now=later)
    cast.host.suspended_until = now + timedelta(days=1)
    with pytest.raises(DomainError, match="suspended"):
        write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    assert told() == set()


def test_it_can_be_reported_by_who_got_it_and_taken_away(cast: Cast, event: Event, now: datetime) -> None:
    message = write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    subject = kind_or_404("host-message")

    found = subject.find(cast.member, message.uuid)
    made = report(subject=subject, row=found, reporter=cast.member, reason="spam", now=now)

    assert made.person == cast.host
    assert WORDS.split(".", maxsplit=1)[0] in made.excerpt
    for outside in (cast.stranger, cast.banned):
        with pytest.raises(Http404):
            subject.find(outside, message.uuid)
    assert subject.hide is not None
    subject.hide(message, now)
    assert prepared_for(cast.member, now) == Hold("not_for_you")


def test_the_page_offers_to_report_it_to_who_got_it(cast: Cast, event: Event, now: datetime, as_person) -> None:
    message = write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    door = reverse("moderation:new_report", args=["host-message", message.uuid])
    assert door in as_person(cast.member).get(event.get_absolute_url()).text
    assert as_person(cast.member).get(door).status_code == 200
    assert door not in as_person(cast.host).get(event.get_absolute_url()).text


def test_it_stops_in_one_click_and_takes_nothing_of_the_budget(cast: Cast, event: Event, now: datetime) -> None:
    EmailAddress.objects.create(user=cast.member, email=cast.member.email, verified=True)
    User.objects.update(weekly_message_budget=0)
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    deliver_due(now=now)
    (letter,) = mail.outbox
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")

    client = Client()
    client.get(urlsplit(address).path)
    write_to_participants(event=event, author=cast.host, text="And a second word", now=now)
    assert deliver_due(now=now)["sent"] == 1, "control: reading the link stops nothing"
    client.post(urlsplit(address).path, {"List-Unsubscribe": "One-Click"})
    write_to_participants(event=event, author=cast.host, text="And a third word", now=now)
    assert deliver_due(now=now)["sent"] == 0


@pytest.mark.parametrize("way", [("member", "host"), ("host", "member")])
def test_across_a_block_nobody_is_told_who_wrote(
    cast: Cast, event: Event, now: datetime, as_person, api_as, way: tuple[str, str]
) -> None:
    cast.host.display_name = "Zenobia"
    cast.host.save()
    write_to_participants(event=event, author=cast.host, text=WORDS, now=now)
    Block.objects.create(blocker=cast.people[way[0]], blocked=cast.people[way[1]])
    page = as_person(cast.member).get(event.get_absolute_url()).text
    words = api_as(cast.member).get(f"/api/v1/events/{event.uuid}/messages/").content.decode()
    content = prepared_for(cast.member, now)
    assert isinstance(content, Content)
    assert "the other gate" in page
    for told in (page, words, str(content.context)):
        assert "Zenobia" not in told


def prepared_for(person: User, now: datetime) -> Content | Hold:
    notice = Notification.objects.select_related("person").get(kind="host_message", person=person)
    return kinds.get("host_message").prepare(notice, now)
