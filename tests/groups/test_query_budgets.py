"""The pages that everything of a group meets on ask little of the database, whatever its size and whoever looks."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from groups.models import Cheer, Comment, Event, GroupPlan, Membership, Picture, PlanShare, Post, Rsvp
from groups.models.rsvps import RsvpQuerySet
from groups.services.series import start_series
from tests.groups.together_kit import make_goal
from tests.kit.cast import LONG_AGO, Cast
from tests.plans.own_kit import own_plan

pytestmark = pytest.mark.django_db

MOST = 12
SIZES = [1, 50, 1000]
EVENT = {
    "title": "Along the canal", "place": "The lock", "setting": "water", "effort": "easy", "capacity": 3000,
}  # fmt: skip


def fill(cast: Cast, size: int, now: datetime) -> Event:
    """Put everything that the pages can show into the group, `size` of each; return an event that is answered."""
    User.objects.bulk_create(User(email=f"w{n}@people.example", display_name=f"W {n}") for n in range(size))
    people = list(User.objects.filter(email__startswith="w"))
    Membership.objects.bulk_create(Membership(group=cast.group, person=p, joined_at=LONG_AGO) for p in people)
    series = start_series(
        group=cast.group, starts_on=date(2026, 3, 11), rrule="FREQ=WEEKLY;BYDAY=WE", at_time=now.time(), minutes=60,
        greeter=cast.host, now=now, **EVENT,
    )  # fmt: skip
    event = Event.objects.filter(series=series).first()
    answer(event, people, [cast.member, cast.host])
    talk(cast, people, now)
    make_goal(cast.group, cast.host)
    plans = [own_plan(cast.member, f"Path {n}") for n in range(min(size, 3))]
    PlanShare.objects.bulk_create(PlanShare(group=cast.group, template=p, shared_by=cast.member) for p in plans)
    GroupPlan.objects.create(group=cast.group, template=plans[0], starts_on=date(2026, 3, 16), set_by=cast.host)
    return event


def answer(event: Event, people: list[User], others: list[User]) -> None:
    """Let half of them come, some for the first time and some quietly, and the others wait in line."""
    rows = [Rsvp(event=event, person=person, status="going", guests=0) for person in others]
    for number, person in enumerate(people):
        place = number + 1 if number % 2 == 0 else None
        status = "waitlisted" if place else "going"
        first, quiet = number % 3 == 0, number % 5 == 0
        rows.append(Rsvp(event=event, person=person, status=status, place=place, is_first_time=first, is_quiet=quiet))
    Rsvp.objects.bulk_create(rows)
    taken = sum(row.status == "going" for row in rows)
    Event.objects.filter(pk=event.pk).update(going_count=taken, next_place=len(people) + 1)


def talk(cast: Cast, people: list[User], now: datetime) -> None:
    posts = Post.objects.bulk_create(
        Post(
            group=cast.group, author=person, text="Moss", text_html="<p>Moss</p>",
            created_at=now - timedelta(minutes=number), pinned_at=now if number == 1 else None,
            held_at=now if number == 2 else None,
        )
        for number, person in enumerate(people)
    )  # fmt: skip
    Comment.objects.bulk_create(Comment(post=p, author=cast.host, text="Yes", text_html="<p>Yes</p>") for p in posts)
    Cheer.objects.bulk_create(Cheer(post=post, person=person) for post in posts for person in (cast.host, people[0]))
    pictures = [(None, "group"), *((post, f"{post.pk}") for post in posts)]
    Picture.objects.bulk_create(
        Picture(group=cast.group, post=post, file=f"pictures/{name}.jpg", width=4, height=3, alt="Moss")
        for post, name in pictures
    )


def counts(cast: Cast, event: Event, as_person, now: datetime) -> dict[tuple[str, str], int]:
    """Return page and viewer → how many queries it takes."""
    pages = {
        "group": cast.group.get_absolute_url(),
        "event": event.get_absolute_url(),
        "feed": reverse("groups:my_feed"),
    }
    found = {}
    for who in (None, cast.member, cast.host):
        client = as_person(who)
        for name, url in pages.items():
            if who is None and name == "feed":
                continue
            client.get(url)  # what is looked up once a process is known then
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found[name, str(who or "visitor")] = len(queries)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_pages_ask_little_whatever_the_size(cast: Cast, now: datetime, as_person, size: int) -> None:
    event = fill(cast, size, now)

    found = counts(cast, event, as_person, now)

    assert {page: asked for page, asked in found.items() if asked > MOST} == {}


def test_control_an_answer_that_asks_for_its_person_is_found(
    cast: Cast, now: datetime, as_person, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = fill(cast, 50, now)
    monkeypatch.setattr(RsvpQuerySet, "select_related", lambda self, *_: self)
    assert counts(cast, event, as_person, now)["event", "Member"] > MOST


def test_an_event_that_has_begun_asks_no_more_than_another(cast: Cast, now: datetime, as_person) -> None:
    event = fill(cast, 3, now)
    later = counts(cast, event, as_person, now)
    Event.objects.filter(pk=event.pk).update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    begun = counts(cast, Event.objects.get(pk=event.pk), as_person, now)
    assert {page: n for page, n in begun.items() if page[0] == "event" and n > later[page]} == {}
