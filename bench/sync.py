"""Synchronisation of a person with 2,000 logs, 20 groups and 500 events: from nothing, and when nothing is new.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.sync

Works in a test database of its own, on SQLite without DATABASE_URL. Prints seconds, kilobytes (plain and gzip, page by
page) and queries, beside a control: a bare read of the columns of the same rows, which no way of finding changes can
do without.
"""

import gzip
import os
import sys
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import SyncEntry, User
from accounts.services.sync import forget_shadows
from bench.rows import analyze, own_database
from core import clock
from groups.models import Event, Group, Membership, Rsvp
from library.services.content import load_library
from mindmove.sync.comparing import shadow_of
from mindmove.sync.kinds import KINDS
from plans.models import Enrollment, MoodRating, PlanTemplate, Reflection, Session, SessionLog
from plans.services.content import load_plans

LOGS, GROUPS, EVENTS, ROUNDS, FIRST_SYNCS = 2_000, 20, 500, 50, 5
MOST_SECONDS, MOST_KB, MOST_QUERIES = 2.0, 1_000, 3
URL = "/api/v1/changes/"


def main() -> int:
    with own_database():
        person = write_rows()
        analyze()
        return 0 if measure(person) else 1


def write_rows() -> User:
    """Write the library, a plan that is followed, and what the person has noted, joined and answered."""
    load_library()
    load_plans()
    person, now = User.objects.create_user("ada@people.example", welcomed_at=clock.now()), clock.now()
    owner = User.objects.create_user("owner@people.example")
    plan = PlanTemplate.objects.by_editors().filter(is_published=True)[0]
    enrollment = Enrollment.objects.create(
        person=person, template=plan, starts_on=now.date(), when_text="I am home", then_text="I walk"
    )
    step = Session.objects.filter(week__template=plan)[0]
    logs = SessionLog.objects.bulk_create(
        SessionLog(
            person=person, enrollment=enrollment, session=step, exercise_type=step.exercise_type, minutes=10 + n % 40,
            intensity="moderate", done_at=now - timedelta(hours=n * 9), local_on=(now - timedelta(hours=n * 9)).date(),
        )
        for n in range(LOGS)
    )  # fmt: skip
    MoodRating.objects.bulk_create(
        MoodRating(log=log, moment=moment, value=1 + log.pk % 7, rated_at=now)
        for log in logs
        for moment in ("guess", "before", "after")
    )
    Reflection.objects.bulk_create(
        Reflection(log=log, mastery=log.pk % 11, pleasure=log.pk % 11, note=f"By the canal, round {log.pk}.")
        for log in logs
    )
    write_groups(person, owner, now)
    return person


def write_groups(person: User, owner: User, now: Any) -> None:
    groups = Group.objects.bulk_create(
        Group(slug=f"group-{n}", name=f"Group {n}", kind="walking", place="Berlin", owner=owner, time_zone="UTC")
        for n in range(GROUPS)
    )
    Membership.objects.bulk_create(Membership(group=group, person=person) for group in groups)
    events = Event.objects.bulk_create(
        Event(
            group=groups[n % GROUPS], title=f"Round {n}", time_zone="UTC", place="At the lock", setting="park",
            effort="easy", starts_at=now + timedelta(hours=2 * n - 500), ends_at=now + timedelta(hours=2 * n - 499),
            how_it_goes="We walk as slowly as anybody likes, and wait at each bridge. " * 3,
        )
        for n in range(EVENTS)
    )  # fmt: skip
    Rsvp.objects.bulk_create(Rsvp(event=event, person=person, status="going") for event in events[::5])


def measure(person: User) -> bool:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/api/v1/me/")
    shadow_of(person, clock.now().date())  # the statement of the day is put together
    firsts = [first_sync(client) for _ in range(FIRST_SYNCS)]
    with CaptureQueriesContext(connection) as asked:
        cursor, _seconds, _worked, pages = first_sync(client)
    queries = len(asked)  # the next request forgets them
    seconds, worked = (median(times) for times in list(zip(*firsts, strict=True))[1:3])
    again = median(from_nothing(client)[1] for _ in range(FIRST_SYNCS))
    kilobytes, plain = sum(len(gzip.compress(page)) for page in pages) / 1000, sum(map(len, pages)) / 1000
    rows = SyncEntry.objects.visible_to(person).count()
    print(f"{connection.vendor}: {rows} things in {len(pages)} pages")
    print(f"from nothing: {seconds:.2f} s ({worked:.2f} s of work), {queries} queries")
    print(f"  {plain:.0f} KB, {kilobytes:.0f} KB gzip")
    print(f"another device, from nothing: {again:.2f} s")
    empty = [nothing_new(client, cursor) for _ in range(ROUNDS)]
    print(f"nothing new: {median(ms for ms, _n in empty):.1f} ms, {empty[-1][1]} queries")
    statement = [timed(lambda: shadow_of(person, clock.now().date())) for _ in range(9)]
    print(f"  of it the statement: {median(statement):.1f} ms")
    print(f"control, bare read of the rows: {median(timed(lambda: bare_read(person)) for _ in range(9)):.1f} ms")
    return seconds < MOST_SECONDS and kilobytes < MOST_KB and empty[-1][1] <= MOST_QUERIES


type Synced = tuple[str, float, float, list[bytes]]


def first_sync(client: Client) -> Synced:
    """Synchronise a person of whom no device was ever told anything."""
    forget_shadows()
    return from_nothing(client)


def from_nothing(client: Client) -> Synced:
    """Return the cursor, seconds, seconds of work, and the pages."""
    pages: list[bytes] = []
    cursor, has_more, began, worked = "", True, perf_counter(), process_time()
    while has_more:
        answer = client.get(URL, {"page_size": 500, **({"cursor": cursor} if cursor else {})})
        pages.append(answer.content)
        found = answer.json()
        cursor, has_more = found["cursor"], found["has_more"]
    return cursor, perf_counter() - began, process_time() - worked, pages


def nothing_new(client: Client, cursor: str) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as asked:
        took = timed(lambda: client.get(URL, {"cursor": cursor}))
    return took, len(asked)


def bare_read(person: User) -> None:
    """Read the rows' own columns, and what was told."""
    today = clock.now().date()
    for kind in KINDS.values():
        list(kind.seen_by(person, today).order_by().values_list())
    list(MoodRating.objects.visible_to(person).values_list())
    list(Reflection.objects.visible_to(person).values_list())
    list(SyncEntry.objects.visible_to(person).values_list())


def timed(act: Any) -> float:
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
