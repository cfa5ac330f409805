"""The host's page of an event, and what the event's page says of it to whom."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from groups.models import Attendance, Event, HostMessage, Membership, Rsvp
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, MAYBE, make_event, make_members
from tests.kit.cast import Cast, make_person

pytestmark = pytest.mark.django_db


def page_of(event: Event, name: str) -> str:
    return reverse(f"groups:{name}", args=[event.group.slug, event.uuid])


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    """Return an event in two days: the member going quietly with two guests, somebody new maybe for the first time."""
    event = make_event(cast.group, now, guests_allowed=2, capacity=12)
    rsvp(event=event, person=cast.member, answer=GOING, is_quiet=True, now=now)
    Rsvp.objects.update(guests=2)
    newcomer = make_person("newcomer", display_name="=Nora Newcomer")
    Membership.objects.create(group=cast.group, person=newcomer)
    rsvp(event=event, person=newcomer, answer=MAYBE, is_first_time=True, now=now)
    return event


def begin(event: Event, now: datetime) -> None:
    starts_at = now - timedelta(minutes=30)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


def test_hosts_see_who_comes_with_its_marks(cast: Cast, event: Event, as_person) -> None:
    page = text(as_person(cast.host).get(page_of(event, "participants")))
    for words in ("Member", "quietly", "with 2 guests", "=Nora Newcomer", "first time"):
        assert words in page
    assert "First time hosting?" in page
    assert 'name="came"' not in page  # it has not begun


@pytest.mark.parametrize(("name", "status"), [("member", 403), ("stranger", 403), ("banned", 404), ("superuser", 403)])
def test_nobody_else_does(cast: Cast, event: Event, as_person, name: str, status: int) -> None:
    client = as_person(cast.people[name])
    for page in ("participants", "export_participants", "copy_event"):
        assert client.get(page_of(event, page)).status_code == status
    for page in ("write_to_participants", "note_attendance", "copy_event"):
        assert client.post(page_of(event, page), {"text": "Hello"}).status_code == status
    assert not HostMessage.objects.exists()


def test_a_host_ticks_who_came_and_the_rest_stays(cast: Cast, event: Event, now: datetime, as_person) -> None:
    begin(event, now)
    Attendance.objects.create(event=event, person=cast.owner, is_said_by_host=True)
    page = text(as_person(cast.host).get(page_of(event, "participants")))
    assert f'value="{cast.owner.uuid}" checked' in page  # came without an answer
    said = {"came": [cast.member.uuid, cast.blocked.uuid], "before": [cast.owner.uuid]}
    as_person(cast.host).post(page_of(event, "note_attendance"), said)
    assert {row.person for row in Attendance.objects.select_related("person")} == {cast.member, cast.blocked}
    as_person(cast.host).post(page_of(event, "note_attendance"), {"came": [cast.stranger.uuid]})
    assert Attendance.objects.count() == 2


def test_one_says_so_on_the_page_of_the_event_once_it_began(cast: Cast, event: Event, now, as_person) -> None:
    client = as_person(cast.member)
    assert "I was there" not in text(client.get(page_of(event, "event")))
    begin(event, now)
    assert "I was there" in text(client.get(page_of(event, "event")))
    assert "I was there" not in text(as_person(cast.stranger).get(page_of(event, "event")))
    client.post(page_of(event, "was_there"))
    assert "You were there." in text(client.get(page_of(event, "event")))
    client.post(page_of(event, "was_there"), {"undo": "1"})
    assert not Attendance.objects.exists()


def test_what_hosts_write_stands_on_the_page_for_whom_it_is(cast: Cast, event: Event, now: datetime, as_person) -> None:
    as_person(cast.host).post(page_of(event, "write_to_participants"), {"text": "The other gate."})
    readers = {
        name
        for name, person in {**cast.people, "visitor": None}.items()
        if "The other gate." in text(as_person(person).get(page_of(event, "event")))
    }
    assert readers == {"owner", "host", "member"}


def test_an_empty_word_stays_on_the_form(cast: Cast, event: Event, as_person) -> None:
    answer = as_person(cast.host).post(page_of(event, "write_to_participants"), {"text": ""})
    assert answer.status_code == 400
    assert "Who comes" in text(answer)


def test_the_list_has_first_names_only_unless_asked(cast: Cast, event: Event, as_person) -> None:
    User.objects.filter(pk=cast.member.pk).update(display_name="Mia Member")
    short = as_person(cast.host).get(page_of(event, "export_participants"))
    whole = as_person(cast.host).get(page_of(event, "export_participants"), {"names": "on"})
    rows = [list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) for answer in (short, whole)]
    assert rows[0] == [
        ["Name", "Answer", "Guests", "First time", "Quietly", "Was there"],
        ["Mia M.", "going", "2", "", "yes", ""],
        ["'=Nora N.", "maybe", "", "yes", "", ""],
    ]
    assert [row[0] for row in rows[1]] == ["Name", "Mia Member", "'=Nora Newcomer"]
    for answer in (short, whole):
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "@" not in text(answer)


def test_the_same_again_is_a_week_later_by_the_clocks_at_the_place(cast: Cast, now: datetime, as_person) -> None:
    starts_at = datetime(2026, 3, 27, 17, 30, tzinfo=now.tzinfo)  # 18:30 in Berlin; the clocks go on before the next
    event = make_event(cast.group, now, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), capacity=7)
    page = as_person(cast.host).get(page_of(event, "copy_event"))
    form = page.context["form"]
    assert (str(form["on"].value()), str(form["at"].value()), form["minutes"].value()) == ("2026-04-03", "18:30:00", 90)
    said = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    made = as_person(cast.host).post(page_of(event, "copy_event"), said)
    copy = Event.objects.exclude(pk=event.pk).get()
    assert made.url == copy.get_absolute_url()
    assert (copy.title, copy.capacity, copy.going_count) == ("River loop", 7, 0)
    assert copy.starts_at == datetime(2026, 4, 3, 16, 30, tzinfo=now.tzinfo)


def test_pages_ask_as_much_for_many_as_for_a_few(cast: Cast, event: Event, now, as_person, count_queries) -> None:
    client = as_person(cast.host)
    begin(event, now)
    pages = [page_of(event, name) for name in ("participants", "event", "export_participants")]
    for page in pages:
        client.get(page)
    few = [count_queries(client, page) for page in pages]
    people = make_members(cast.group, 6)
    Rsvp.objects.bulk_create(Rsvp(event=event, person=person, status=GOING) for person in people[:3])
    Attendance.objects.bulk_create(Attendance(event=event, person=person) for person in people)
    for number in range(3):
        HostMessage.objects.create(event=event, author=cast.owner, text=f"{number}")
    assert [count_queries(client, page) for page in pages] == few


@pytest.fixture
def count_queries():
    def count(client, page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    return count
