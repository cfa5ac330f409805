"""My feed: p50 and p95 for a member of 50 groups, among 100,000 posts in all, beside a bare query in the same run.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.feed

Works in a test database of its own, on SQLite without DATABASE_URL. Measured are the first page and one far back, for
somebody whose groups talk as others do and for somebody whose groups were quiet of late: the rows, and the whole page.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")
django.setup()

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, setup_test_environment
from rest_framework.request import Request

from accounts.models import Block, User
from groups.feed import page_of_mine
from groups.models import Cheer, Comment, Group, Membership, Post

POSTS, GROUPS, PEOPLE, MINE, EACH = 100_000, 400, 2_000, 50, 40
ROUNDS, LIMIT_MS, MOST_QUERIES = 25, 50, 12
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def main() -> int:
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        readers = write()
        print(f"{connection.vendor}: {Post.objects.count():,} posts in {GROUPS} groups, a reader of {MINE}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")  # as it is deployed
        return 0 if measure(readers) else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def write() -> dict[str, User]:
    """Write people, groups and what is said; the last groups fell silent half a year ago."""
    chance = random.Random(20_260_310)
    User.objects.bulk_create(
        User(email=f"p{n}@people.example", display_name=f"Person {n}", welcomed_at=NOW) for n in range(PEOPLE)
    )
    people = list(User.objects.order_by("pk"))
    Group.objects.bulk_create(
        Group(slug=f"g{n}", name=f"Group {n}", kind="walking", place="Here", time_zone="UTC", owner=people[0])
        for n in range(GROUPS)
    )
    groups = list(Group.objects.order_by("pk"))
    busy, silent, readers = groups[:-MINE], groups[-MINE:], {"busy": people[1], "silent": people[2]}
    inside = {group: chance.sample(people[3:], EACH) for group in groups}
    for reader, chosen in (("busy", busy[:MINE]), ("silent", silent)):
        for group in chosen:
            inside[group].append(readers[reader])
    Membership.objects.bulk_create(Membership(group=g, person=p) for g, members in inside.items() for p in members)
    _say(groups, silent, inside, chance)
    for reader in readers.values():
        Block.objects.bulk_create(Block(blocker=reader, blocked=person) for person in people[100:105])
    return readers


def _say(groups: list[Group], silent: list[Group], inside: dict[Group, list[User]], chance: random.Random) -> None:
    rows = []
    for number in range(POSTS):
        group = chance.choice(groups)
        ago = timedelta(minutes=number * 5) + (timedelta(days=400) if group in silent else timedelta())
        words = f"Words number {number}, and some more of them."
        held = NOW if number % 200 == 0 else None
        author = chance.choice(inside[group])
        rows.append(
            Post(
                group=group, author=author, text=words, text_html=f"<p>{words}</p>", held_at=held, created_at=NOW - ago
            )
        )
    Post.objects.bulk_create(rows, batch_size=2000)
    posts = list(Post.objects.select_related("group").order_by("-created_at")[:20_000])
    Comment.objects.bulk_create(
        (Comment(post=p, author=chance.choice(inside[p.group]), text="Yes", text_html="<p>Yes</p>") for p in posts * 2),
        batch_size=2000,
    )
    cheers = {(p.pk, person.pk) for p in posts for person in chance.sample(inside[p.group], 3)}
    Cheer.objects.bulk_create((Cheer(post_id=p, person_id=person) for p, person in cheers), batch_size=2000)


def measure(readers: dict[str, User]) -> bool:
    """Time each in turn, so that all share the same noise."""
    clients, calls = {}, {}
    for name, person in readers.items():
        clients[name] = Client()
        clients[name].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        calls[f"rows, {name}"] = rows_of(person)
        calls[f"page, {name}"] = page_at(clients[name], "/groups/feed/")
        calls[f"page 10, {name}"] = page_at(clients[name], back(clients[name], 10))
    keys = list(Post.objects.values_list("pk", flat=True)[:1000])
    calls["bare query"] = lambda turn: Post.objects.get(pk=keys[turn % len(keys)])
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(ROUNDS + 3):
        for name, call in calls.items():
            began = perf_counter()
            call(turn)
            if turn >= 3:  # the first rounds warm up
                times[name].append((perf_counter() - began) * 1000)
    bare = quantiles(times["bare query"], n=100)[49]
    for name, spent in times.items():
        p50, p95 = (quantiles(spent, n=100)[percent - 1] for percent in (50, 95))
        print(f"{name:16} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {p50 / bare:6.0f} × a bare query")
    few = all(count(client) <= MOST_QUERIES for client in clients.values())
    return few and all(quantiles(times[f"rows, {name}"], n=100)[94] < LIMIT_MS for name in readers)


def rows_of(person: User) -> Callable[[int], object]:
    """What the database and the ORM do for one page, without the template."""
    request = Request(RequestFactory().get("/groups/feed/"))
    return lambda _turn: page_of_mine(person, request)


def page_at(client: Client, url: str) -> Callable[[int], object]:
    return lambda _turn: client.get(url).content


def back(client: Client, pages: int) -> str:
    url = "/groups/feed/"
    for _page in range(pages):
        url = client.get(url).context["older"] or url
    return url


def count(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/groups/feed/")
    print(f"queries of the page: {len(queries)}")
    return len(queries)


if __name__ == "__main__":
    sys.exit(main())
