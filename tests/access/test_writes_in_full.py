"""A write asks eight times at most, too, when an app says all there is to say, or brings about all that it can."""

import time
from importlib import import_module

from django.conf import settings

from tests.access.doors import Door
from tests.access.in_full import Sayings
from tests.access.said import Said
from tests.access.test_writes import CHANGING, MOST, answer_what_recurs, asked_by
from tests.access.visits import Visitors
from tests.kit.more import make_more

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore
WRITES = ("INSERT", "UPDATE", "DELETE")
MORE: dict[str, int] = {
    # Who hosts and greets, who answered, and what is shown is read under the meeting's lock, the last before and after.
    "PATCH /api/v1/events/*/ all": 9,
    "PATCH /api/v1/events/*/ more seats for a line": 9,
    # It is copied: seven tables are written, and its owner may be writing what is read once it is locked.
    "POST /api/v1/enrollments/ somebody's, all": 10,
    # Each kind of row that a plan is made of is let go, moved, changed and made in a statement of its own.
    "PUT /api/v1/own-plans/own-quillwort/ all": 14,
}


def name(said: Said) -> str:
    parts = said.path.split("/")
    return (
        f"{said.method} {'/'.join('*' if any(c.isdigit() for c in part[2:]) else part for part in parts)} {said.name}"
    )


def sign_in_just_now(visitors: Visitors) -> None:
    """Let the member's session know that they have just given their password."""
    session = SessionStore(visitors.sessions["member"])
    session["account_authentication_methods"] = [{"method": "password", "reauthenticated": True, "at": time.time()}]
    session["account_authentication_methods_user"] = str(visitors.world.cast.member.pk)
    session.save()


def asked_by_all(visitors: Visitors, sayings: Sayings) -> dict[str, list[str]]:
    return {name(one): _asked(visitors, one) for one in sayings.all()}


def _asked(visitors: Visitors, said: Said) -> list[str]:
    door = Door("", "", said.path)
    tag = visitors.tag(door, said.who) if said.method in CHANGING else "*"
    return asked_by(lambda: visitors.send(door, said.method, said.who, said.body, tag=tag), name(said))


def test_a_write_asks_eight_times_at_most_and_no_more_for_more(visitors: Visitors) -> None:
    answer_what_recurs(visitors)
    sign_in_just_now(visitors)
    sayings = Sayings(visitors.world)
    asked_by_all(visitors, sayings)  # what is looked up once a process is known then
    little = asked_by_all(visitors, sayings)
    make_more()
    much = asked_by_all(visitors, sayings)

    assert [one for one, asked in little.items() if not any(sql.startswith(WRITES) for sql in asked)] == []
    assert {one: len(much[one]) for one in little if len(much[one]) != len(little[one])} == {}
    assert {one: len(asked) for one, asked in little.items() if len(asked) > MOST} == MORE
