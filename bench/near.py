"""What is near, among 100,000 groups: p95 of the first page for a visitor and for a member, beside reading one group by
its key in the same run.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.near

Works in a test database of its own, on SQLite without DATABASE_URL. Groups lie around the world's towns, more of them
where more people live. Prints the plan of the query too: which index it takes.
"""

import os
import random
import sys
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")
django.setup()

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db import connection

from accounts.models import Block, User
from core import clock
from core.visibility import Viewer
from groups.finding import Wish, find_groups
from groups.models import Event, Group, Membership
from groups.near import Point, cell_of
from groups.towns import Town, _by_name

GROUPS, ROUNDS, LIMIT_MS, A_PAGE = 100_000, 200, 30, 20
MINE = 20  # groups of the member


def main() -> int:
    name = connection.creation.create_test_db(verbosity=0)
    try:
        towns = write_groups(random.Random(20_261_126))
        viewers = {"visitor": AnonymousUser(), "member": write_member()}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        are_met = [measure(towns, *viewer) for viewer in viewers.items()]
        return 0 if all(are_met) else 1
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def write_groups(chance: random.Random) -> list[Town]:
    """Write the groups, each with one event to come; return the towns they lie around."""
    towns = sorted({town.point: town for found in _by_name().values() for town in found}.values(), key=str)
    owner, now = User.objects.create_user("owner@people.example"), clock.now()
    rows = []
    for number, town in enumerate(chance.choices(towns, weights=[town.people for town in towns], k=GROUPS)):
        point = Point(town.point.latitude + chance.gauss(0, 0.1), town.point.longitude + chance.gauss(0, 0.1))
        point = Point(max(-89.9, min(89.9, point.latitude)), (point.longitude + 180) % 360 - 180)
        rows.append(
            Group(
                slug=f"group-{number}", name=f"Group {number}", kind="walking", place=town.name, owner=owner,
                time_zone="UTC", latitude=point.latitude, longitude=point.longitude, cell=cell_of(point),
                visibility=chance.choices(["public", "private"], [9, 1])[0],
            )
        )  # fmt: skip
    Group.objects.bulk_create(rows, batch_size=2_000)
    starts = [now + timedelta(hours=chance.uniform(1, 400)) for _ in rows]
    events = [
        Event(
            group=group, title="Walk", starts_at=at, ends_at=at + timedelta(hours=1), time_zone="UTC", place="Here",
            setting="park", effort="easy", latitude=group.latitude, longitude=group.longitude, cell=group.cell,
        )
        for group, at in zip(rows, starts, strict=True)
    ]  # fmt: skip
    Event.objects.bulk_create(events, batch_size=2_000)
    return towns


def write_member() -> User:
    """Write somebody who is in some groups, was sent out of one, and blocked the owner of another."""
    member, other = (User.objects.create_user(f"{name}@people.example") for name in ("member", "other"))
    mine = Group.objects.order_by("pk")[: MINE + 1]
    memberships = [Membership(group=group, person=member) for group in mine]
    memberships[-1].banned_at = clock.now()
    Membership.objects.bulk_create(memberships)
    Block.objects.create(blocker=member, blocked=other)
    return member


def measure(towns: list[Town], who: str, viewer: Viewer) -> bool:
    chance, now = random.Random(7), clock.now()
    asked = chance.choices(towns, weights=[town.people for town in towns], k=ROUNDS)
    keys = list(Group.objects.values_list("pk", flat=True)[:ROUNDS])
    near, control, found = [], [], []
    for town, key in zip(asked, keys, strict=True):
        for km in (25, 50):
            started = perf_counter()
            page = Paginator(find_groups(viewer, Wish(point=town.point, km=km), now=now), A_PAGE).get_page(1)
            rows = list(page.object_list)
            near.append((perf_counter() - started) * 1000)
            found.append(page.paginator.count)
            assert all(row.distance <= km for row in rows)
        started = perf_counter()
        Group.objects.get(pk=key)
        control.append((perf_counter() - started) * 1000)
    p95 = quantiles(near, n=20)[-1]
    print(f"{connection.vendor}, {who}: {GROUPS:,} groups, 25 and 50 km around {ROUNDS} towns")
    print(f"found: median {median(found):.0f}, at most {max(found)}")
    print(f"near me: median {median(near):.1f} ms, p95 {p95:.1f} ms (limit {LIMIT_MS})")
    print(f"one group by its key: median {median(control):.2f} ms; ratio {median(near) / median(control):.0f}")
    print(Group.objects.near(asked[0].point, km=25).values("pk").explain())
    return p95 < LIMIT_MS


if __name__ == "__main__":
    sys.exit(main())
