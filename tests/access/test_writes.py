"""A write of the API asks the database as often for much as for little, and eight times at most.

A change says in `If-Match` what was read, so the locking and reading that compares versions is counted too. With
all that can be said at once: `test_writes_in_full.py`.
"""

from collections.abc import Callable
from itertools import dropwhile

from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from core import clock
from groups.models import Event
from groups.services.rsvps import rsvp
from tests.access import table
from tests.access.doors import Door, doors
from tests.access.routes import API, routes
from tests.access.visits import KINDS, Visitors
from tests.groups.kit import GOING
from tests.kit.more import make_more

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
CHANGING = {"PUT", "PATCH", "DELETE"}
MOST = 8  # the session and the person among them
OF_THE_TRANSACTION = ("SAVEPOINT", "ROLLBACK", "RELEASE", "BEGIN", "COMMIT")
WHO = [*(first := ["member", "owner", "host"]), *(kind for kind in KINDS if kind not in first)]
SAID_ENOUGH = {"/api/v1/groups/<group>/posts/"}  # when there is more of everything, a member has
REFUSED = {
    "POST /api/v1/groups/<group>/goals/": "there is one going on",
    "POST /api/v1/groups/<group>/requests/": "who may ask is in already",
    "POST /api/v1/me/deletion/": "wants a sign-in just now",
    "POST /api/v1/me/tokens/": "wants a sign-in just now",
    "POST /api/v1/schema/": "is read",
}

type Try = tuple[str, Door, str]


def tries(visitors: Visitors) -> list[Try]:
    """Return method, door and somebody for whom it does what it is for: each door of the API to write by."""
    expected = table.read()
    found = []
    for route in routes():
        for door in doors(route, visitors.world) if API.match(route.pattern) else ():
            for method in sorted(WRITING.intersection(route.methods)):
                answers = dict(zip(KINDS, expected.get((door.route, door.about, method), []), strict=False))
                may = [who for who in WHO if answers.get(who, "").startswith("2")]
                who = "host" if door.route in SAID_ENOUGH else next(iter(may), None)
                if who:
                    found.append((method, door, who))
    return found


def name(a_try: Try) -> str:
    method, door, _who = a_try
    return f"{method} {door.route}"


def asked(visitors: Visitors, a_try: Try) -> list[str]:
    """Return the queries of an answer, which is a yes."""
    method, door, who = a_try
    tag = visitors.tag(door, who) if method in CHANGING else "*"
    return asked_by(lambda: visitors.knock(door, method, who, tag=tag), name(a_try))


def asked_by(act: Callable[[], HttpResponse], what: str) -> list[str]:
    """Return the queries of an answer, which is a yes."""
    reset_queries()  # the log holds nine thousand, and a full one counts no more
    with CaptureQueriesContext(connection) as queries:
        answer = act()
    assert 200 <= answer.status_code < 300, (what, answer.status_code, answer.content)
    said = (query["sql"] for query in queries)
    of_the_visit = dropwhile(lambda sql: not sql.startswith("SAVEPOINT"), said)  # what is sent may be looked up before
    return [sql for sql in of_the_visit if not sql.startswith(OF_THE_TRANSACTION)]


def asked_by_all(visitors: Visitors) -> dict[Try, int]:
    return {a_try: len(asked(visitors, a_try)) for a_try in tries(visitors)}


def answer_what_recurs(visitors: Visitors) -> None:
    """Let somebody come to a meeting of each series, who is told when it is called off."""
    last = {event.series_id: event for event in Event.objects.filter(series__isnull=False).order_by("starts_at")}
    for event in last.values():
        rsvp(event=event, person=visitors.world.cast.member, answer=GOING, now=clock.now())


def test_a_write_asks_eight_times_at_most_and_no_more_for_more(visitors: Visitors) -> None:
    answer_what_recurs(visitors)
    asked_by_all(visitors)  # what is looked up once a process is known then
    little = asked_by_all(visitors)
    make_more()
    much = asked_by_all(visitors)

    growing = {name(a_try) for a_try in little if much[a_try] != little[a_try]}  # each is a fault
    most: dict[str, int] = {}
    for a_try, number in little.items():
        most[name(a_try)] = max(number, most.get(name(a_try), 0))
    assert growing == set()
    assert {door: number for door, number in most.items() if number > MOST} == {}


def test_every_write_is_tried(visitors: Visitors) -> None:
    writes = {f"{m} {r.pattern}" for r in routes() if API.match(r.pattern) for m in WRITING.intersection(r.methods)}

    assert writes - {name(a_try) for a_try in tries(visitors)} == set(REFUSED)
