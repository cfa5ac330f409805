"""The API beside a bare Django REST framework: a list of twenty events, and a log that is written.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.api [--rounds 10] [--requests 30]

Works in a database of its own, on SQLite without DATABASE_URL. Both sides answer in this process through WSGI, request
by request in turns, so that neither a network nor a busy machine drowns the difference. Ours has all its middleware, an
app's session token, what the reader may see and cursors; the bare side (`bench.bare`) has the middleware of a new
project and the cursors, asks who it is in one query, and shows as many bytes of the same rows, or writes them. Prints
the ratio of their medians (bare / ours, of wall time and of the process's own time, which a busy machine disturbs
less): 1.0 means just as fast.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.test")
django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

from accounts.models import User
from bench.bare import MIDDLEWARE
from bench.rows import analyze, own_database
from core import clock
from groups.models import Event, Group, Membership, Rsvp
from library.models import ExerciseType

EVENTS, GROUPS, MINE, PEOPLE = 1_000, 100, 20, 50
WANTED = {"list of 20 events": 1.0, "log written": 0.6}  # times the bare side

type Call = Callable[[], bytes]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--requests", type=int, default=30)
    options = parser.parse_args()
    setup_test_environment()
    with own_database():
        person, kind = write()
        analyze()
        are_met = [compare(name, *calls, options) for name, calls in pairs(person, kind).items()]
    return 0 if all(are_met) else 1


def write() -> tuple[User, ExerciseType]:
    """Write people, groups and their meetings; somebody is in some groups and answered some of the meetings."""
    now = clock.now()
    User.objects.bulk_create(
        User(email=f"p{n}@people.example", display_name=f"Person {n}", welcomed_at=now) for n in range(PEOPLE)
    )
    people = list(User.objects.order_by("pk"))
    Group.objects.bulk_create(
        Group(slug=f"g{n}", name=f"Group {n}", kind="walking", place="Here", time_zone="UTC", owner=people[0])
        for n in range(GROUPS)
    )
    groups = list(Group.objects.order_by("pk"))
    Membership.objects.bulk_create(Membership(group=group, person=p) for group in groups[:MINE] for p in people)
    Event.objects.bulk_create(
        Event(
            group=groups[n % GROUPS], title=f"Walk number {n}", about_html="<p>Once around the lake.</p>", place="Gate",
            time_zone="Europe/Berlin", setting="park", effort="easy", capacity=12, greeter=people[n % PEOPLE],
            starts_at=now + timedelta(hours=n + 1), ends_at=now + timedelta(hours=n + 2),
        )
        for n in range(EVENTS)
    )  # fmt: skip
    mine = Event.objects.filter(group__in=groups[:MINE])
    Rsvp.objects.bulk_create(Rsvp(event=event, person=p, status="going") for event in mine for p in people[1:6])
    kind = ExerciseType.objects.create(slug="walking", name_en="Walking", name_zh_hans="步行", order=1)
    return people[1], kind


def pairs(person: User, kind: ExerciseType) -> dict[str, tuple[Call, Call]]:
    """Return what is measured → our call and the bare one."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    token, key = {"HTTP_X_SESSION_TOKEN": client.session.session_key}, {"HTTP_AUTHORIZATION": str(person.uuid)}
    ours = WSGIHandler()
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        bare = WSGIHandler()

    def log(**more: object) -> bytes:
        said = {"minutes": 30, "intensity": "moderate", "setting": "green", "company": "alone", "uuid": str(uuid4())}
        return json.dumps({**said, **more}).encode()

    now = clock.now()
    theirs = {"done_at": str(now), "time_zone": "Europe/Berlin", "local_on": str(now.date()), "exercise_type": kind.pk}
    return {
        "list of 20 events": (
            lambda: ask(ours, "GET", "/api/v1/events/", token),
            lambda: ask(bare, "GET", "/events/", key),
        ),
        "log written": (
            lambda: ask(ours, "POST", "/api/v1/logs/", token, log(exercise_type="walking")),
            lambda: ask(bare, "POST", "/logs/", key, log(**theirs)),
        ),
    }


def ask(application: Any, method: str, address: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Ask as an app would, and read the whole answer."""
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json", "HTTP_ACCEPT": "application/json", **headers,
    }  # fmt: skip
    seen: list[str] = []
    answer = application(environ, lambda status, _headers, _error=None: seen.append(status))
    told = b"".join(answer)
    answer.close()
    if not seen[0].startswith("20"):
        sys.exit(f"{method} {address}: {seen[0]} {told.decode()}")
    return told


def compare(name: str, ours: Call, bare: Call, options: argparse.Namespace) -> bool:
    """Print what both take, and return whether ours is as fast as wanted."""
    sizes = [len(call()) for call in (ours, bare)]
    wall: list[list[float]] = [[], []]
    own: list[list[float]] = [[], []]
    ratios: list[float] = []
    for turn in range(options.rounds + 1):
        for _request in range(options.requests):
            for side, call in enumerate((ours, bare)):
                began, used = perf_counter(), process_time()
                call()
                own[side].append((process_time() - used) * 1000)
                wall[side].append((perf_counter() - began) * 1000)
        if turn:  # the first round warms up
            here = [median(spent[-options.requests :]) for spent in own]
            ratios.append(here[1] / here[0])
        else:
            wall, own = [[], []], [[], []]
    for side, who in enumerate(("ours", "bare")):
        p50, p95 = (quantiles(wall[side], n=100)[percent - 1] for percent in (50, 95))
        print(
            f"{name}, {who} ({sizes[side]} bytes): p50 {p50:.2f} ms, p95 {p95:.2f} ms, own {median(own[side]):.2f} ms"
        )
    by_wall = median(wall[1]) / median(wall[0])
    by_own = median(ratios)
    print(f"{name}: {by_wall:.2f} × by the clock, {by_own:.2f} × of own time (wanted {WANTED[name]} ×)")
    return max(by_wall, by_own) >= WANTED[name]


if __name__ == "__main__":
    sys.exit(main())
