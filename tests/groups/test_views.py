"""The pages of groups: what each kind of person sees and may do, at a fixed number of queries."""

import re
from datetime import datetime

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from groups.models import Event, Group, Membership, Role, Rsvp
from groups.services.rsvps import rsvp
from tests.groups.kit import DECLINED, GOING, all_going, going, make_event, make_members
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db


def page_of(event: Event, name: str = "event") -> str:
    return reverse(f"groups:{name}", args=[event.group.slug, event.uuid])


def test_the_list_names_public_groups_and_ones_own(cast: Cast, now: datetime, as_person) -> None:
    make_group(slug="hidden", name="Hidden Ridge", visibility=Group.Visibility.PRIVATE)
    unlisted = make_group(slug="unlisted", name="Unlisted Lake", visibility=Group.Visibility.UNLISTED)
    Membership.objects.create(group=unlisted, person=cast.member)
    page = as_person(None).get(reverse("groups:groups")).content.decode()
    assert "Morning Mosses" in page
    assert "Hidden Ridge" not in page
    assert "Unlisted Lake" not in page
    assert "Unlisted Lake" in as_person(cast.member).get(reverse("groups:groups")).content.decode()


def test_the_list_is_filtered_by_kind_and_words(cast: Cast, now: datetime, as_person) -> None:
    make_group(slug="lake", name="Lake Walkers", kind="walking", place="Wannsee")
    for query in ({"kind": "walking"}, {"words": "wannsee walk"}):
        page = as_person(None).get(reverse("groups:groups"), query).content.decode()
        assert "Lake Walkers" in page
        assert "Morning Mosses" not in page
    assert "No group like that" in as_person(None).get(reverse("groups:groups"), {"words": "x" * 20}).content.decode()


@pytest.mark.parametrize("name", ["stranger", "banned", None])
def test_a_hidden_group_answers_like_an_absent_one(cast: Cast, now: datetime, as_person, name: str | None) -> None:
    event = make_event(cast.group, now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    client = as_person(cast.people[name] if name else None)
    for url in (cast.group.get_absolute_url(), page_of(event)):
        hidden = client.get(url)
        with transaction.atomic():
            Group.objects.all().delete()
            absent = client.get(url)
            transaction.set_rollback(True)
        assert hidden.status_code == absent.status_code == 404
        assert without_tokens(hidden) == without_tokens(absent)


def without_tokens(answer: HttpResponse) -> str:
    """Return the page without what is different on every request: the CSRF token and the script nonce."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": |nonce=)"[^"]+"', "", answer.content.decode())


def test_a_ban_hides_even_a_public_group(cast: Cast, as_person) -> None:
    assert as_person(cast.banned).get(cast.group.get_absolute_url()).status_code == 404
    assert as_person(cast.banned).post(reverse("groups:join", args=[cast.group.slug])).status_code == 404


def test_members_are_named_to_members_only(cast: Cast, now: datetime, as_person) -> None:
    url = cast.group.get_absolute_url()
    assert "Host" in as_person(cast.member).get(url).content.decode()
    assert "Blocked" not in as_person(cast.member).get(url).content.decode()
    for person in (cast.stranger, None):
        assert ">Member<" not in as_person(person).get(url).content.decode()


def test_join_answer_and_leave(cast: Cast, now: datetime, as_person) -> None:
    event = make_event(cast.group, now, capacity=1)
    client = as_person(cast.stranger)
    assert "Join Morning Mosses" in client.get(page_of(event)).content.decode()
    back = client.post(reverse("groups:join", args=[cast.group.slug]), {"next": page_of(event)})
    assert back.url == page_of(event)
    page = client.post(page_of(event, "rsvp"), {"answer": GOING}, follow=True).content.decode()
    assert "You have a seat" in page
    page = client.post(page_of(event, "rsvp"), {"answer": DECLINED}, follow=True).content.decode()
    assert "Thank you, somebody else gets to come." in page
    client.post(reverse("groups:leave", args=[cast.group.slug]))
    assert not Membership.objects.current().filter(person=cast.stranger).exists()


def test_nobody_is_sent_to_another_site_after_joining(cast: Cast, as_person) -> None:
    join = reverse("groups:join", args=[cast.group.slug])
    assert as_person(cast.stranger).post(join, {"next": "https://evil.example/"}).url == cast.group.get_absolute_url()


def test_third_in_line_reads_so(cast: Cast, now: datetime, as_person) -> None:
    event = make_event(cast.group, now, capacity=1)
    all_going(event, [*make_members(cast.group, 3), cast.member], now)
    page = as_person(cast.member).get(page_of(event)).content.decode()
    assert "The one seat is taken. You are third in line." in page


def test_quiet_answers_are_for_hosts_and_oneself(cast: Cast, now: datetime, as_person) -> None:
    event = make_event(cast.group, now)
    (shy, open_one, other) = make_members(cast.group, 3)
    rsvp(event=event, person=shy, answer=GOING, is_quiet=True, now=now)
    rsvp(event=event, person=open_one, answer=GOING, now=now)
    seen = {p: as_person(p).get(page_of(event)).content.decode() for p in (shy, cast.host, other)}
    assert [shy.display_name in page for page in seen.values()] == [True, True, False]
    assert open_one.display_name in seen[other]


def test_a_nonmember_gets_no_seat_and_a_kind_word(cast: Cast, now: datetime, as_person) -> None:
    event = make_event(cast.group, now)
    page = as_person(cast.superuser).post(page_of(event, "rsvp"), {"answer": GOING}, follow=True)
    assert "Join the group first" in page.content.decode()
    assert not going(event)


def test_an_answer_that_is_none_is_said_on_the_page(cast: Cast, now: datetime, as_person) -> None:
    event = make_event(cast.group, now)
    assert as_person(cast.member).post(page_of(event, "rsvp"), {"answer": "perhaps"}).status_code == 400
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize("name", ["rsvp", "cancel_event"])
def test_reading_never_acts(cast: Cast, now: datetime, as_person, name: str) -> None:
    assert as_person(cast.host).get(page_of(make_event(cast.group, now), name)).status_code == 405


@pytest.mark.parametrize("name", ["member", "superuser", "stranger"])
def test_only_hosts_host(cast: Cast, now: datetime, as_person, name: str) -> None:
    event, client = make_event(cast.group, now), as_person(cast.people[name])
    assert client.get(page_of(event, "edit_event")).status_code == 403
    assert client.post(page_of(event, "cancel_event")).status_code == 403
    assert client.get(reverse("groups:new_event", args=[cast.group.slug])).status_code == 403


def test_a_host_plans_changes_and_calls_off(cast: Cast, now: datetime, as_person) -> None:
    client = as_person(cast.host)
    said = {
        "title": "Slow loop", "on": "2026-03-29", "at": "09:00", "minutes": 45, "time_zone": "Europe/Berlin",
        "place": "Lake", "setting": "water", "effort": "easy", "capacity": 2, "greeter": cast.member.pk,
    }  # fmt: skip
    client.post(reverse("groups:new_event", args=[cast.group.slug]), said)
    event = Event.objects.get()
    assert (event.starts_at.isoformat(), event.duration.seconds // 60) == ("2026-03-29T07:00:00+00:00", 45)
    assert 'value="09:00"' in client.get(page_of(event, "edit_event")).content.decode()
    all_going(event, [cast.member, cast.host], now)
    page = client.post(page_of(event, "edit_event"), {**said, "capacity": 1, "title": "Typed"}).content.decode()
    assert "2 people are going already" in page
    assert "Typed" in page
    client.post(page_of(event, "edit_event"), {**said, "capacity": 5})
    client.post(page_of(event, "cancel_event"))
    event.refresh_from_db()
    assert (event.capacity, event.status) == (5, Event.Status.CANCELLED)


def test_anybody_welcome_starts_a_group(cast: Cast, now: datetime, as_person) -> None:
    said = {
        "name": "湖边散步", "kind": "walking", "place": "West Lake", "time_zone": "Asia/Shanghai",
        "effort": "easy", "visibility": "public", "join_policy": "open",
    }  # fmt: skip
    client = as_person(cast.stranger)
    assert client.get(client.post(reverse("groups:new_group"), said).url).status_code == 200
    assert Membership.objects.get(person=cast.stranger).role == Role.OWNER
